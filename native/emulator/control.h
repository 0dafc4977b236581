// What tests ask of the emulator: calls counted and made to fail, misuses, what is still alive.
#pragma once
#include <string>

namespace gradus {

// nullptr: none fails any more. Otherwise NAME:K, the K-th call from now on, or NAME:K:STATUS, where a call of the driver
// answers this status, and any call leaves it sticking to the context if it is one that sticks. False if it is not of
// these forms.
bool setFailure(const char *request);
// What the request says that the failing call of the driver answers; 0: what it does by itself.
int requestedStatus();
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

// Bytes of device memory; negative: what GRADUS_EMULATOR_MEMORY says.
void setMemory(long long bytes);
long long requestedMemory();

}  // namespace gradus
