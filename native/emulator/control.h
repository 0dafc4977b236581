// What tests ask of the emulator: calls counted and made to fail, misuses, what is still alive.
#pragma once
#include <string>

namespace gradus {

// nullptr: none fails any more. Otherwise NAME:K, the K-th call from now on. False if it is not of that form.
bool setFailure(const char *nameColonK);
std::string callCounts();
// As at the start of the process, but for what lives.
void resetControl();

void addMisuse(const std::string &message);
std::string misuses();

// Enters the report of leaks; `handle` is unique among the living. An object whose release was made to fail on demand is
// excused: its owner did what it could.
void born(const char *kind, const void *handle, const std::string &detail);
void died(const void *handle);
void excuse(const void *handle);
// What lives is reported as lost with the context from now on, and forgotten.
void loseLiving(bool report);
std::string leaks();

// Slows each piece of a stream's work; negative: what GRADUS_EMULATOR_DELAY_US says.
void setDelay(int microseconds);
int delayMicroseconds();

}  // namespace gradus
