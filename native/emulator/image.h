// What the emulator's nvrtc makes of a source and its driver loads: the name of what was compiled beforehand. Text:
// gradus-emulator-image FORM FILE PRECISION ARCHITECTURE, a newline and a final 0; FORM is sm (a CUBIN) or compute (PTX).
#pragma once
#include <cstdio>
#include <cstring>
#include <string>

namespace gradus {

struct Image {
    bool isBinary;
    std::string file;
    std::string precision;
    int architecture;
};

inline std::string textOf(const Image &image) {
    return std::string("gradus-emulator-image ") + (image.isBinary ? "sm " : "compute ") + image.file + ' ' +
           image.precision + ' ' + std::to_string(image.architecture) + '\n';
}

inline bool parseImage(const char *text, Image &image) {
    // byte by byte to the first difference: other images may be shorter than the magic word
    const char *const magic = "gradus-emulator-image ";
    if (std::strncmp(text, magic, std::strlen(magic)) != 0) {
        return false;
    }
    char form[16];
    char file[128];
    char precision[16];
    if (std::sscanf(text, "gradus-emulator-image %15s %127s %15s %d", form, file, precision, &image.architecture) != 4) {
        return false;
    }
    image.isBinary = std::strcmp(form, "sm") == 0;
    image.file = file;
    image.precision = precision;
    return true;
}

}  // namespace gradus
