package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class KernelSourceTest {
    private static final Pattern KERNEL =
            Pattern.compile("extern \"C\" __global__ void (?:__launch_bounds__\\([^)]*\\) )?(\\w+)\\(");

    @ParameterizedTest
    @EnumSource
    void everySourceDefinesTheKernelsThatAreListed(KernelSource source) {
        List<String> defined = new ArrayList<>();
        Matcher matcher = KERNEL.matcher(source.text());
        while (matcher.find()) {
            defined.add(matcher.group(1));
        }
        assertEquals(source.kernels(), defined);
    }

    @ParameterizedTest
    @EnumSource
    void sourcesAreAsciiAndIncludeNothing(KernelSource source) {
        assertTrue(source.text().chars().allMatch(c -> c < 128), "a character that is not ASCII");
        assertTrue(source.text().lines().noneMatch(line -> line.startsWith("#include")), "an include");
    }
}
