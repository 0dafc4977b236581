/** Shared libraries of Linux on x86-64, read as files. */
package org.gradus.elf;
