/** Plain loops on the host: slow, obvious, the oracle that every other backend is tested against. */
package org.gradus.backend.reference;
