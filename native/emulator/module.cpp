#include "module.h"

#include "block.h"
#include "context.h"
#include "handles.h"
#include "image.h"
#include "memory.h"
#include "stream.h"

#include <string>

namespace gradus {
namespace {

constexpr int DEVICE_ARCHITECTURE = 90;
constexpr size_t DEFAULT_SHARED = 48 << 10;
constexpr size_t MAX_SHARED = 227 << 10;

struct Module {
    const KernelFile *file;
    std::mutex mutex;
    std::map<std::string, CUfunction> functions;
};

struct Function {
    const Kernel *kernel;
    std::atomic<size_t> sharedAllowed{DEFAULT_SHARED};
};

Handles<Module, CUmodule> &modules() {
    static auto *const made = new Handles<Module, CUmodule>("module");
    return *made;
}

// Functions live as long as their module and are no objects of their own to the report of leaks.
struct Functions {
    std::mutex mutex;
    std::map<CUfunction, std::shared_ptr<Function>> living;
};

Functions &functions() {
    static auto *const made = new Functions;
    return *made;
}

std::shared_ptr<Function> requireFunction(const char *call, CUfunction handle) {
    Functions &all = functions();
    {
        std::lock_guard<std::mutex> lock(all.mutex);
        auto found = all.living.find(handle);
        if (found != all.living.end()) {
            return found->second;
        }
    }
    gradusEmulatorMisuse("%s: function %p is of an unloaded module, or never was", call, static_cast<void *>(handle));
    return nullptr;
}

// A kernel's launch with its arguments as they are at the call.
class Launching {
public:
    Launching(const Launch &launch, void **parameters) : launch_(launch) {
        for (int i = 0; i < launch.kernel->parameters; i++) {
            const char *bytes = static_cast<const char *>(parameters[i]);
            arguments_.emplace_back(bytes, bytes + launch.kernel->bytes[i]);
        }
    }

    int operator()() const {
        // copies again: a kernel may write to its parameters, and a graph replays them
        std::vector<std::vector<char>> arguments = arguments_;
        std::vector<void *> parameters;
        for (size_t i = 0; i < arguments.size(); i++) {
            parameters.push_back(arguments[i].data());
            if (launch_.kernel->isPointer[i] && !isReachable(*reinterpret_cast<void **>(arguments[i].data()))) {
                void *address = *reinterpret_cast<void **>(arguments[i].data());
                return gradusEmulatorMisuse("kernel %s: argument %zu is %p: %s", launch_.kernel->name, i, address,
                                            describe(address).c_str());
            }
        }
        return runBlocks(launch_, parameters.data());
    }

private:
    static bool isReachable(const void *address) {
        return address == nullptr || liesIn(Kind::DEVICE, address, 0) || liesIn(Kind::PINNED, address, 0);
    }

    Launch launch_;
    std::vector<std::vector<char>> arguments_;
};

CUresult checkLimits(const Function &function, const Launch &launch) {
    uint3 g = launch.grid;
    uint3 b = launch.block;
    bool inRange = g.x >= 1 && g.y >= 1 && g.z >= 1 && g.x <= 2147483647u && g.y <= 65535 && g.z <= 65535 && b.x >= 1 &&
                   b.y >= 1 && b.z >= 1 && b.x <= 1024 && b.y <= 1024 && b.z <= 64 && b.x * b.y * b.z <= 1024 &&
                   launch.sharedBytes <= function.sharedAllowed;
    if (!inRange) {
        return CUDA_ERROR_INVALID_VALUE;
    }
    bool hasRegisters = b.x * b.y * b.z <= static_cast<unsigned>(function.kernel->maxThreads);
    return hasRegisters ? CUDA_SUCCESS : CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES;
}

}  // namespace

void forgetModules() {
    modules().removeAll();
    std::lock_guard<std::mutex> lock(functions().mutex);
    functions().living.clear();
}

extern "C" {

CUresult cuModuleLoadData(CUmodule *module, const void *image) {
    CUresult entered = enterOutsideCapture("cuModuleLoadData", CUDA_ERROR_OUT_OF_MEMORY);
    if (entered != CUDA_SUCCESS) {
        return entered;
    }
    Image parsed;
    if (!parseImage(static_cast<const char *>(image), parsed)) {
        return CUDA_ERROR_INVALID_IMAGE;
    }
    bool fits = parsed.isBinary ? parsed.architecture == DEVICE_ARCHITECTURE : parsed.architecture <= DEVICE_ARCHITECTURE;
    if (!fits) {
        return CUDA_ERROR_NO_BINARY_FOR_GPU;
    }
    for (int i = 0; i < KERNEL_FILE_COUNT; i++) {
        if (parsed.file == KERNEL_FILES[i]->file && parsed.precision == KERNEL_FILES[i]->precision) {
            auto loaded = std::make_shared<Module>();
            loaded->file = KERNEL_FILES[i];
            *module = modules().add(loaded);
            return CUDA_SUCCESS;
        }
    }
    return CUDA_ERROR_INVALID_IMAGE;
}

CUresult cuModuleUnload(CUmodule handle) {
    CUresult entered = enterOutsideCapture("cuModuleUnload");
    if (entered != CUDA_SUCCESS) {
        return excuseOnDemand(entered, handle);
    }
    auto module = modules().remove(handle);
    if (module == nullptr) {
        return static_cast<CUresult>(gradusEmulatorMisuse("cuModuleUnload: module %p was unloaded, or never loaded",
                                                          static_cast<void *>(handle)));
    }
    std::lock_guard<std::mutex> lock(functions().mutex);
    for (auto &entry : module->functions) {
        functions().living.erase(entry.second);
    }
    return CUDA_SUCCESS;
}

CUresult cuModuleGetFunction(CUfunction *function, CUmodule handle, const char *name) {
    CUresult entered = enter("cuModuleGetFunction");
    if (entered != CUDA_SUCCESS) {
        return entered;
    }
    auto module = modules().find(handle);
    if (module == nullptr) {
        return static_cast<CUresult>(gradusEmulatorMisuse("cuModuleGetFunction: module %p was unloaded, or never loaded",
                                                          static_cast<void *>(handle)));
    }
    std::lock_guard<std::mutex> lock(module->mutex);
    auto known = module->functions.find(name);
    if (known != module->functions.end()) {
        *function = known->second;
        return CUDA_SUCCESS;
    }
    for (int i = 0; i < module->file->count; i++) {
        if (module->file->kernels[i].name == std::string(name)) {
            auto made = std::make_shared<Function>();
            made->kernel = &module->file->kernels[i];
            *function = static_cast<CUfunction>(nextHandle());
            module->functions[name] = *function;
            std::lock_guard<std::mutex> all(functions().mutex);
            functions().living[*function] = made;
            return CUDA_SUCCESS;
        }
    }
    return CUDA_ERROR_NOT_FOUND;
}

CUresult cuFuncSetAttribute(CUfunction handle, int attribute, int value) {
    CUresult entered = enter("cuFuncSetAttribute");
    auto function = entered != CUDA_SUCCESS ? nullptr : requireFunction("cuFuncSetAttribute", handle);
    if (function == nullptr) {
        return entered != CUDA_SUCCESS ? entered : stickyError();
    }
    if (attribute == CU_FUNC_ATTRIBUTE_PREFERRED_SHARED_MEMORY_CARVEOUT) {
        return value >= -1 && value <= 100 ? CUDA_SUCCESS : CUDA_ERROR_INVALID_VALUE;
    }
    bool isValid = attribute == CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES && value >= 0 &&
                   static_cast<size_t>(value) <= MAX_SHARED;
    if (!isValid) {
        return CUDA_ERROR_INVALID_VALUE;
    }
    function->sharedAllowed = static_cast<size_t>(value);
    return CUDA_SUCCESS;
}

CUresult cuLaunchKernel(CUfunction handle, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by, unsigned bz,
                        unsigned sharedBytes, CUstream streamHandle, void **parameters, void **extra) {
    CUresult entered = enter("cuLaunchKernel");
    auto function = entered != CUDA_SUCCESS ? nullptr : requireFunction("cuLaunchKernel", handle);
    auto stream = function == nullptr ? nullptr : requireStream("cuLaunchKernel", streamHandle);
    if (stream == nullptr) {
        return entered != CUDA_SUCCESS ? entered : stickyError();
    }
    if (extra != nullptr || (parameters == nullptr && function->kernel->parameters > 0)) {
        return CUDA_ERROR_INVALID_VALUE;
    }
    Launch launch{function->kernel, {gx, gy, gz}, {bx, by, bz}, sharedBytes};
    CUresult fits = checkLimits(*function, launch);
    return fits != CUDA_SUCCESS
               ? fits
               : submit(*stream, {std::string("kernel ") + launch.kernel->name, Launching(launch, parameters)});
}
}

}  // namespace gradus
