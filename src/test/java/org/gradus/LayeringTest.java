package org.gradus;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Imports point one way; see docs/architecture.md. */
final class LayeringTest {
    private static final String ROOT = "org.gradus.";

    /** What each package may import of this project, itself aside. */
    private static final Map<String, List<String>> MAY_IMPORT = Map.ofEntries(
            Map.entry("random", List.of()),
            Map.entry("linalg", List.of()),
            Map.entry("theory", List.of()),
            Map.entry("elf", List.of()),
            Map.entry("baseline", List.of("linalg", "random")),
            Map.entry("backend", List.of("linalg", "random")),
            Map.entry("backend.reference", List.of("backend", "linalg")),
            Map.entry("backend.openblas", List.of("backend", "linalg")),
            Map.entry("backend.cuda", List.of("backend", "linalg", "elf")),
            Map.entry("select", List.of("backend", "backend.reference", "backend.openblas", "backend.cuda")),
            Map.entry("problem", List.of("backend", "linalg", "random")),
            Map.entry("init", List.of("problem", "backend", "linalg", "random")),
            Map.entry("dynamics", List.of("init", "problem", "backend", "theory", "linalg", "random")),
            Map.entry("observe", List.of("dynamics", "init", "problem", "backend", "theory", "linalg", "random")),
            Map.entry(
                    "denoise",
                    List.of(
                            "store",
                            "observe",
                            "dynamics",
                            "init",
                            "problem",
                            "backend",
                            "theory",
                            "linalg",
                            "random")),
            Map.entry("store", List.of("linalg")),
            Map.entry(
                    "experiment",
                    List.of(
                            "store",
                            "observe",
                            "dynamics",
                            "init",
                            "problem",
                            "backend",
                            "theory",
                            "linalg",
                            "random")),
            Map.entry("bench", List.of("dynamics", "init", "problem", "backend", "theory", "linalg", "random")),
            Map.entry(
                    "check",
                    List.of(
                            "store",
                            "observe",
                            "dynamics",
                            "init",
                            "problem",
                            "backend",
                            "theory",
                            "linalg",
                            "random")),
            Map.entry(
                    "api",
                    List.of(
                            "select",
                            "experiment",
                            "store",
                            "observe",
                            "dynamics",
                            "init",
                            "problem",
                            "backend",
                            "theory",
                            "linalg")),
            Map.entry("report", List.of("store", "linalg")),
            Map.entry(
                    "reproduce",
                    List.of(
                            "report",
                            "experiment",
                            "store",
                            "observe",
                            "dynamics",
                            "init",
                            "problem",
                            "backend",
                            "baseline",
                            "theory",
                            "linalg",
                            "random")),
            Map.entry("page", List.of("report", "store", "linalg")),
            Map.entry("bundle", List.of("store", "backend", "elf")),
            Map.entry(
                    "cli",
                    List.of(
                            "api",
                            "select",
                            "bench",
                            "check",
                            "report",
                            "page",
                            "baseline",
                            "bundle",
                            "reproduce",
                            "denoise",
                            "experiment",
                            "store",
                            "observe",
                            "dynamics",
                            "init",
                            "problem",
                            "backend",
                            "theory",
                            "linalg",
                            "random")));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.gradus");

    static Stream<String> packages() {
        return MAY_IMPORT.keySet().stream().sorted();
    }

    @Test
    void everyPackageHasItsPlaceInTheOrder() {
        Set<String> present = CLASSES.stream()
                .map(type -> type.getPackageName().substring(ROOT.length()))
                .collect(Collectors.toSet());
        assertEquals(new TreeSet<>(MAY_IMPORT.keySet()), new TreeSet<>(present));
    }

    @ParameterizedTest
    @MethodSource("packages")
    void aPackageImportsOnlyWhatLiesBelowIt(String name) {
        String[] allowed = Stream.concat(Stream.of(name), MAY_IMPORT.get(name).stream())
                .map(ROOT::concat)
                .toArray(String[]::new);
        DescribedPredicate<JavaClass> fits =
                not(resideInAPackage("org.gradus..")).or(resideInAnyPackage(allowed));
        classes()
                .that()
                .resideInAPackage(ROOT + name)
                .should()
                .onlyDependOnClassesThat(fits)
                .check(CLASSES);
    }

    @Test
    void onlySelectKnowsTheImplementationsOfABackend() {
        noClasses()
                .that()
                .resideOutsideOfPackages("org.gradus.select", "org.gradus.backend.*")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.gradus.backend.*")
                .check(CLASSES);
    }

    @Test
    void onlyTheCommandLineAndTheLibrarySelectABackend() {
        noClasses()
                .that()
                .resideOutsideOfPackages("org.gradus.cli", "org.gradus.api", "org.gradus.select")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.gradus.select")
                .check(CLASSES);
    }

    @Test
    void nativeCodeIsCalledByTheCpuBackendAndTheHostLibraryOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackages("org.gradus.backend.openblas", "org.gradus.linalg")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bytedeco..")
                .check(CLASSES);
    }

    @Test
    void cudaIsCalledByItsBackendOnlyAndNeverThroughTheRuntime() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.gradus.backend.cuda")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jcuda..")
                .check(CLASSES);
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("jcuda.runtime.JCuda")
                .check(CLASSES);
    }

    @Test
    void packagesDoNotDependOnEachOtherInCircles() {
        slices().matching("org.gradus.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    /** A process has one Ctrl-C; all else that runs at the same time is apart. */
    @Test
    void nothingIsStaticAndChanges() {
        fields().that()
                .areStatic()
                .and()
                .areDeclaredInClassesThat(not(resideInAPackage("org.gradus.cli")))
                .should()
                .beFinal()
                .check(CLASSES);
    }

    @Test
    void everyClassIsAnInterfaceRecordEnumAbstractOrFinal() {
        classes().that(new Named()).should(new BeClosed()).check(CLASSES);
    }

    private static final class Named extends DescribedPredicate<JavaClass> {
        Named() {
            super("have a name");
        }

        @Override
        public boolean test(JavaClass type) {
            return !type.isAnonymousClass();
        }
    }

    private static final class BeClosed extends ArchCondition<JavaClass> {
        BeClosed() {
            super("be an interface, record, enum, abstract or final");
        }

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            boolean closed = type.isInterface()
                    || type.isRecord()
                    || type.isEnum()
                    || type.getModifiers().contains(ABSTRACT)
                    || type.getModifiers().contains(FINAL);
            events.add(new SimpleConditionEvent(type, closed, type.getName() + " can be extended"));
        }
    }
}
