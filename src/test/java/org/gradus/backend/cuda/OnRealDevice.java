package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.Optional;
import org.gradus.backend.Backend;
import org.gradus.backend.BackendException;
import org.gradus.backend.Options;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * For classes that need a real GPU: where none can be opened they are skipped, which says why, or fail with
 * {@code -Drequire.cuda=true}.
 */
final class OnRealDevice implements ExecutionCondition, BeforeAllCallback {
    private static Optional<String> hindrance;

    private static synchronized Optional<String> hindrance() {
        if (hindrance == null) {
            hindrance = look();
            hindrance.ifPresent(reason -> System.out.println("no GPU is tested: " + reason));
        }
        return hindrance;
    }

    private static Optional<String> look() {
        if (Libraries.emulated()) {
            return Optional.of("GRADUS_EMULATED_GPU puts the emulator in a device's place");
        }
        try (Backend backend = new CudaBackend(Options.threads(1))) {
            System.out.println("GPU tests on " + backend.describe());
            return Optional.empty();
        } catch (BackendException unusable) {
            return Optional.of(unusable.getMessage());
        }
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return hindrance().isPresent() && !Boolean.getBoolean("require.cuda")
                ? ConditionEvaluationResult.disabled(hindrance().get())
                : ConditionEvaluationResult.enabled("");
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        hindrance().ifPresent(reason -> fail("-Drequire.cuda=true asks for a GPU, but " + reason));
    }
}
