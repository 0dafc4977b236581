/** Everything that touches a disk: matrices, pictures, tables, manifests, run directories. */
package org.gradus.store;
