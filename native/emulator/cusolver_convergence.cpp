// The request that a routine reports non-convergence: GRADUS_EMULATOR_NO_CONVERGENCE at the start, then what the tests' class
// org.gradus.backend.cuda.EmulatedSolver asks for.
#include "cusolver_handle.h"

#include <cstdlib>
#include <jni.h>
#include <string>

namespace gradus {
namespace {

// ROUTINE or ROUTINE:INDEX, the latter for one matrix of a batch; empty for none.
struct Request {
    std::mutex mutex;
    std::string text;

    Request() {
        const char *asked = std::getenv("GRADUS_EMULATOR_NO_CONVERGENCE");
        text = asked == nullptr ? "" : asked;
    }
};

Request &request() {
    static Request made;
    return made;
}

}  // namespace

bool refusesToConverge(const char *routine, int64_t index) {
    std::lock_guard<std::mutex> lock(request().mutex);
    const std::string &text = request().text;
    return text == routine || text == std::string(routine) + ":" + std::to_string(index);
}

}  // namespace gradus

extern "C" JNIEXPORT void JNICALL
Java_org_gradus_backend_cuda_EmulatedSolver_refuseToConverge(JNIEnv *env, jclass, jstring routine) {
    const char *text = routine == nullptr ? nullptr : env->GetStringUTFChars(routine, nullptr);
    {
        std::lock_guard<std::mutex> lock(gradus::request().mutex);
        gradus::request().text = text == nullptr ? "" : text;
    }
    if (text != nullptr) {
        env->ReleaseStringUTFChars(routine, text);
    }
}
