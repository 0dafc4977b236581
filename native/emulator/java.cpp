// The natives of the tests' class org.gradus.backend.cuda.Emulator.
#include "control.h"

#include <jni.h>

namespace {

jstring toJava(JNIEnv *env, const std::string &text) {
    return env->NewStringUTF(text.c_str());
}

void throwIllegalArgument(JNIEnv *env, const char *message) {
    jclass type = env->FindClass("java/lang/IllegalArgumentException");
    if (type != nullptr) {
        env->ThrowNew(type, message);
    }
}

}  // namespace

extern "C" {

JNIEXPORT void JNICALL Java_org_gradus_backend_cuda_Emulator_fail(JNIEnv *env, jclass, jstring nameColonK) {
    if (nameColonK == nullptr) {
        gradus::setFailure(nullptr);
        return;
    }
    const char *text = env->GetStringUTFChars(nameColonK, nullptr);
    bool understood = text != nullptr && gradus::setFailure(text);
    env->ReleaseStringUTFChars(nameColonK, text);
    if (!understood) {
        throwIllegalArgument(env, "should be NAME:K or NAME:K:STATUS, from 1");
    }
}

JNIEXPORT jstring JNICALL Java_org_gradus_backend_cuda_Emulator_calls(JNIEnv *env, jclass) {
    return toJava(env, gradus::callCounts());
}

JNIEXPORT void JNICALL Java_org_gradus_backend_cuda_Emulator_reset(JNIEnv *, jclass) {
    gradus::resetControl();
}

JNIEXPORT jstring JNICALL Java_org_gradus_backend_cuda_Emulator_leaks(JNIEnv *env, jclass) {
    return toJava(env, gradus::leaks());
}

JNIEXPORT jstring JNICALL Java_org_gradus_backend_cuda_Emulator_misuses(JNIEnv *env, jclass) {
    return toJava(env, gradus::misuses());
}

JNIEXPORT void JNICALL Java_org_gradus_backend_cuda_Emulator_delay(JNIEnv *, jclass, jint microseconds) {
    gradus::setDelay(microseconds);
}

JNIEXPORT void JNICALL Java_org_gradus_backend_cuda_Emulator_memory(JNIEnv *, jclass, jlong bytes) {
    gradus::setMemory(bytes);
}
}
