// Memory faults of a stream's work, turned into misuses.
#pragma once
#include "emulator.h"

namespace gradus {

// Catches SIGSEGV and SIGBUS from now on where runGuarded asks for it; others go to whoever handled them before (the JVM).
void installFaultHandler();

// Carries work out on the calling thread; a fault ends it as a misuse that names the address.
int runGuarded(const char *name, const Work &work);

}  // namespace gradus
