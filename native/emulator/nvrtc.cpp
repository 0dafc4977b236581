// NVRTC that compiles nothing: it knows the sources that the emulator was built from, byte by byte, and hands out images
// that name them.
#include "emulator.h"
#include "image.h"
#include "kernels.h"
#include "nvrtc_options.h"
#include "nvrtc_result.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <memory>
#include <mutex>
#include <string_view>

namespace gradus {
namespace {

struct Program {
    std::string source;
    std::string name;
    std::string log;
    std::string binary;
    std::string assembly;
};

using Handle = Program *;

struct Programs {
    std::mutex mutex;
    std::map<Handle, std::shared_ptr<Program>> living;

    std::shared_ptr<Program> find(Handle handle) {
        std::lock_guard<std::mutex> lock(mutex);
        auto found = living.find(handle);
        return found == living.end() ? nullptr : found->second;
    }
};

Programs &programs() {
    static auto *const made = new Programs;
    return *made;
}

const KernelSource *find(const std::string &source) {
    for (int i = 0; i < KERNEL_SOURCE_COUNT; i++) {
        const KernelSource &known = KERNEL_SOURCES[i];
        if (source.size() == static_cast<size_t>(known.end - known.begin) &&
            std::memcmp(source.data(), known.begin, source.size()) == 0) {
            return &known;
        }
    }
    return nullptr;
}

// What the compiler says against the program; empty if nothing.
std::string complain(const Program &program, const Options &options, const KernelSource *known) {
    size_t marker = program.source.find("#error");
    if (marker != std::string::npos) {
        size_t end = program.source.find('\n', marker);
        auto before = std::string_view(program.source).substr(0, marker);
        long line = 1 + std::count(before.begin(), before.end(), '\n');
        std::string text = program.source.substr(marker, end == std::string::npos ? end : end - marker);
        return program.name + '(' + std::to_string(line) + "): error: " + text;
    }
    if (known == nullptr) {
        return program.name + "(1): error: the CUDA emulator was not built from this source";
    }
    if (options.precision != "double" && options.precision != "float") {
        return program.name + "(1): error: REAL is neither double nor float";
    }
    return "";
}

nvrtcResult give(const std::string &text, char *out) {
    std::memcpy(out, text.c_str(), text.size() + 1);
    return NVRTC_SUCCESS;
}

// act(program), after the failure on demand and the check of the handle.
template <class Act> nvrtcResult with(const char *call, Handle handle, Act act) {
    if (gradusEmulatorFails(call)) {
        return NVRTC_ERROR_INTERNAL_ERROR;
    }
    auto program = programs().find(handle);
    return program == nullptr ? NVRTC_ERROR_INVALID_PROGRAM : act(*program);
}

}  // namespace

extern "C" {

nvrtcResult nvrtcVersion(int *major, int *minor) {
    if (gradusEmulatorFails("nvrtcVersion")) {
        return NVRTC_ERROR_INTERNAL_ERROR;
    }
    // a version that no real one has: programs that keep compiled kernels by version must not mix both up
    *major = 12;
    *minor = 99;
    return NVRTC_SUCCESS;
}

nvrtcResult nvrtcGetNumSupportedArchs(int *count) {
    if (gradusEmulatorFails("nvrtcGetNumSupportedArchs")) {
        return NVRTC_ERROR_INTERNAL_ERROR;
    }
    *count = static_cast<int>(std::size(ARCHITECTURES));
    return NVRTC_SUCCESS;
}

nvrtcResult nvrtcGetSupportedArchs(int *architectures) {
    if (gradusEmulatorFails("nvrtcGetSupportedArchs")) {
        return NVRTC_ERROR_INTERNAL_ERROR;
    }
    std::copy(std::begin(ARCHITECTURES), std::end(ARCHITECTURES), architectures);
    return NVRTC_SUCCESS;
}

nvrtcResult nvrtcCreateProgram(Handle *handle, const char *source, const char *name, int headers, const char *const *,
                               const char *const *) {
    if (gradusEmulatorFails("nvrtcCreateProgram")) {
        return NVRTC_ERROR_INTERNAL_ERROR;
    }
    if (source == nullptr || headers != 0) {
        return NVRTC_ERROR_INVALID_INPUT;
    }
    auto program = std::make_shared<Program>();
    program->source = source;
    program->name = name == nullptr ? "default_program" : name;
    *handle = program.get();
    std::lock_guard<std::mutex> lock(programs().mutex);
    programs().living[*handle] = program;
    gradusEmulatorBorn("NVRTC program", *handle);
    return NVRTC_SUCCESS;
}

nvrtcResult nvrtcCompileProgram(Handle handle, int count, const char *const *texts) {
    if (gradusEmulatorFails("nvrtcCompileProgram")) {
        return NVRTC_ERROR_COMPILATION;
    }
    auto program = programs().find(handle);
    if (program == nullptr) {
        return NVRTC_ERROR_INVALID_PROGRAM;
    }
    Options options;
    if (!parseOptions(count, texts, options, program->log)) {
        return NVRTC_ERROR_INVALID_OPTION;
    }
    const KernelSource *known = find(program->source);
    std::string complaint = complain(*program, options, known);
    if (!complaint.empty()) {
        program->log = complaint + "\n\n1 error detected in the compilation of \"" + program->name + "\".\n";
        return NVRTC_ERROR_COMPILATION;
    }
    // a virtual architecture gives no CUBIN, a real one both
    program->assembly = textOf({false, known->file, options.precision, options.architecture});
    program->binary = options.isBinary ? textOf({true, known->file, options.precision, options.architecture}) : "";
    return NVRTC_SUCCESS;
}

nvrtcResult nvrtcDestroyProgram(Handle *handle) {
    if (gradusEmulatorFails("nvrtcDestroyProgram")) {
        gradusEmulatorExcuse(*handle);
        return NVRTC_ERROR_INTERNAL_ERROR;
    }
    std::lock_guard<std::mutex> lock(programs().mutex);
    if (programs().living.erase(*handle) == 0) {
        return NVRTC_ERROR_INVALID_PROGRAM;
    }
    gradusEmulatorDied(*handle);
    *handle = nullptr;
    return NVRTC_SUCCESS;
}

nvrtcResult nvrtcGetProgramLogSize(Handle handle, size_t *bytes) {
    return with("nvrtcGetProgramLogSize", handle, [&](Program &program) {
        *bytes = program.log.size() + 1;
        return NVRTC_SUCCESS;
    });
}

nvrtcResult nvrtcGetProgramLog(Handle handle, char *log) {
    return with("nvrtcGetProgramLog", handle, [&](Program &program) { return give(program.log, log); });
}

nvrtcResult nvrtcGetCUBINSize(Handle handle, size_t *bytes) {
    return with("nvrtcGetCUBINSize", handle, [&](Program &program) {
        *bytes = program.binary.empty() ? 0 : program.binary.size() + 1;
        return NVRTC_SUCCESS;
    });
}

nvrtcResult nvrtcGetCUBIN(Handle handle, char *binary) {
    return with("nvrtcGetCUBIN", handle, [&](Program &program) {
        return program.binary.empty() ? NVRTC_ERROR_INVALID_PROGRAM : give(program.binary, binary);
    });
}

nvrtcResult nvrtcGetPTXSize(Handle handle, size_t *bytes) {
    return with("nvrtcGetPTXSize", handle, [&](Program &program) {
        *bytes = program.assembly.empty() ? 0 : program.assembly.size() + 1;
        return NVRTC_SUCCESS;
    });
}

nvrtcResult nvrtcGetPTX(Handle handle, char *assembly) {
    return with("nvrtcGetPTX", handle, [&](Program &program) {
        return program.assembly.empty() ? NVRTC_ERROR_INVALID_PROGRAM : give(program.assembly, assembly);
    });
}
}

}  // namespace gradus
