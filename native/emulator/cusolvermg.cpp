// The emulator's libcusolverMg.so.11: JCuda's solver natives need a library of this name with this version node, and bind
// its functions only when they are called, which is never.
