// What nvrtcCompileProgram is told.
#pragma once
#include <cstdlib>
#include <string>
#include <string_view>

namespace gradus {

constexpr int ARCHITECTURES[] = {75, 80, 86, 89, 90};

struct Options {
    std::string precision;
    bool isBinary = false;
    int architecture = 52;
};

inline bool isSupported(int architecture) {
    for (int known : ARCHITECTURES) {
        if (known == architecture) {
            return true;
        }
    }
    return false;
}

inline bool cut(std::string_view prefix, std::string_view option, std::string &rest) {
    bool starts = option.substr(0, prefix.size()) == prefix;
    if (starts) {
        rest = option.substr(prefix.size());
    }
    return starts;
}

// False, and why in the log.
inline bool parseOptions(int count, const char *const *texts, Options &options, std::string &log) {
    for (int i = 0; i < count; i++) {
        std::string text = texts[i];
        std::string value;
        if (cut("--gpu-architecture=", text, value) || cut("-arch=", text, value)) {
            std::string number;
            options.isBinary = cut("sm_", value, number);
            if (!options.isBinary && !cut("compute_", value, number)) {
                number = "0";
            }
            options.architecture = std::atoi(number.c_str());
            if (!isSupported(options.architecture)) {
                log = "nvrtc: error: invalid value for --gpu-architecture (-arch)\n";
                return false;
            }
        } else if (cut("-DREAL=", text, value) || cut("--define-macro=REAL=", text, value)) {
            options.precision = value;
        } else if (text.empty() || text[0] != '-') {
            log = "nvrtc: error: unrecognized option " + text + " found\n";
            return false;
        }
    }
    return true;
}

}  // namespace gradus
