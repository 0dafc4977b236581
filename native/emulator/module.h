// Modules, which are images of nvrtc's, and the launch of their kernels.
#pragma once

namespace gradus {

// At the end of the context.
void forgetModules();

}  // namespace gradus
