package io.limitledger.core;

import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import io.limitledger.architecture.Layers;
import io.limitledger.core.applier.EventAppliers;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.rule.Draft;
import io.limitledger.core.rule.FirstRules;
import io.limitledger.core.state.MutableLedgerState;
import io.limitledger.core.state.Records;
import io.limitledger.core.state.SealedLimit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The house rules of the core that no compiler knows. Here, since other modules must keep some of them as well. */
class CoreArchitectureTest {
    private static final String CORE = "io.limitledger.core";
    private static final JavaClasses EVERYTHING = Layers.mainClasses();

    @Test
    void theCoreDependsOnNothingButJavaAndItself() {
        classes()
                .that()
                .resideInAPackage(CORE + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", CORE + "..")
                .because("decisions must be the same on any machine, with any version of anything")
                .check(EVERYTHING);
    }

    @Test
    void theCoreDoesNothingButReckon() {
        noClasses()
                .that()
                .resideInAPackage(CORE + "..")
                .should()
                .dependOnClassesThat(resideInAnyOf(
                                "java.io..",
                                "java.net..",
                                "java.nio.file..",
                                "java.nio.channels..",
                                "java.util.concurrent..")
                        .or(resideInAnyOf("java.util.random..", "java.security..", "java.lang.reflect.."))
                        .or(nameMatching("java\\.util\\.(Random|SplittableRandom|Timer|TimerTask|Properties)"))
                        .or(nameMatching("java\\.lang\\.(System|Thread|ThreadLocal|Runtime|Process.*)"))
                        .or(nameMatching("java\\.time\\.(Clock|InstantSource|ZoneId|LocalDateTime|ZonedDateTime)")))
                .because("a decision is a function of the log: no clock, no randomness, no input or output")
                .check(EVERYTHING);
    }

    @Test
    void theCoreAsksForNeitherTimeNorChance() {
        noClasses()
                .that()
                .resideInAPackage(CORE + "..")
                .should()
                .callMethodWhere(calls("java\\.time\\..*", "now")
                        .or(calls("java\\.util\\.UUID", "randomUUID"))
                        .or(calls("java\\.lang\\.Math", "random"))
                        .or(calls("java\\.util\\.Collections", "shuffle"))
                        .or(calls("java\\.util\\.(Locale|TimeZone)", "getDefault"))
                        .or(calls("java\\.nio\\.charset\\.Charset", "defaultCharset"))
                        .or(calls(".*", "identityHashCode")))
                .because("time and ids come in with the command")
                .check(EVERYTHING);
    }

    @Test
    void theCoreHasNoMemoryBesidesItsState() {
        fields().that()
                .areDeclaredInClassesThat()
                .resideInAPackage(CORE + "..")
                .and()
                .areDeclaredInClassesThat()
                .areNotAssignableTo(Records.class)
                .and()
                .areDeclaredInClassesThat()
                .haveSimpleNameNotEndingWith("Copy")
                .and()
                // Computed from the records whenever a task starts.
                .areDeclaredInClassesThat()
                .doNotHaveSimpleName("LimitIndex")
                .and()
                // Lives as long as one event is applied.
                .areDeclaredInClassesThat()
                .doNotHaveSimpleName("Change")
                .and()
                // Lives as long as one command is decided.
                .areDeclaredInClassesThat()
                .doNotHaveSimpleName("Draft")
                .should()
                .beFinal()
                .because("what is not in the records is lost in a restart")
                .check(EVERYTHING);
    }

    @Test
    void packagesAreLayers() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("state")
                .definedBy(CORE + ".state")
                .layer("command")
                .definedBy(CORE + ".command")
                .layer("reply")
                .definedBy(CORE + ".reply")
                .layer("event")
                .definedBy(CORE + ".event")
                .layer("applier")
                .definedBy(CORE + ".applier")
                .layer("dispatch")
                .definedBy(CORE + ".dispatch")
                .layer("rule")
                .definedBy(CORE + ".rule")
                .layer("core")
                .definedBy(CORE)
                .whereLayer("dispatch")
                .mayNotAccessAnyLayer()
                .whereLayer("state")
                .mayNotAccessAnyLayer()
                .whereLayer("command")
                .mayOnlyAccessLayers("state")
                .whereLayer("reply")
                .mayOnlyAccessLayers("state", "command")
                .whereLayer("event")
                .mayOnlyAccessLayers("state", "command", "reply")
                .whereLayer("applier")
                .mayOnlyAccessLayers("state", "event", "dispatch")
                .whereLayer("rule")
                .mayOnlyAccessLayers("state", "command", "reply", "event", "applier", "dispatch")
                .whereLayer("core")
                .mayNotBeAccessedByAnyLayer()
                .check(EVERYTHING);
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching(CORE + ".(*)..").should().beFreeOfCycles().check(EVERYTHING);
    }

    @Test
    void onlyAppliersChangeTheState() {
        noClasses()
                .that()
                .resideOutsideOfPackage(CORE + ".state")
                .and()
                .resideOutsideOfPackage(CORE + ".applier")
                .and()
                // An audit puts the records of a changelog, or of a checkpoint, together as they are.
                .doNotHaveFullyQualifiedName("io.limitledger.audit.StateRecords")
                .should()
                .callMethodWhere(writes(MutableLedgerState.class).or(writes(Records.class)))
                .because("state that is not made of events cannot be replayed")
                .check(EVERYTHING);
    }

    @Test
    void theCoreReadsNoSeals() {
        noClasses()
                .that()
                .resideInAPackage(CORE + "..")
                .and()
                .doNotBelongToAnyOf(SealedLimit.class)
                .should()
                .callMethod(SealedLimit.class, "head")
                .because("decisions depend on no hash; the chain of events belongs to their writer and to the audit")
                .check(EVERYTHING);
    }

    @Test
    void onlyADraftAndAReplayApplyEvents() {
        noClasses()
                .that()
                .resideOutsideOfPackage(CORE + ".applier")
                .and()
                .doNotBelongToAnyOf(Draft.class, Ledger.class)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(CORE + ".applier")
                .because("what a rule decides must be an event before it changes the state")
                .check(EVERYTHING);
    }

    static Stream<Class<?>> commands() {
        return Stream.of(LimitCommand.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void eachCommandHasARuleOfItsName(Class<?> command) {
        Class<?> rule = classOf(CORE + ".rule." + command.getSimpleName() + "Rule");

        assertThat(EVERYTHING.get(FirstRules.class).getMethodReferencesFromSelf())
                .extracting(JavaAccess::getTargetOwner)
                .contains(EVERYTHING.get(rule));
    }

    @Test
    void eachApplierIsInTheTable() {
        assertThat(EVERYTHING.get(EventAppliers.class).getMethodReferencesFromSelf())
                .extracting(JavaAccess::getTargetOwner)
                .containsAll(EVERYTHING.stream()
                        .filter(type -> type.getPackageName().equals(CORE + ".applier"))
                        .filter(type -> type.getSimpleName().endsWith("Applier"))
                        .filter(type -> !type.isInterface())
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void eachCommandHasATest(Class<?> command) {
        assertThat(classOf(CORE + ".rule." + command.getSimpleName() + "Test").getDeclaredMethods())
                .anyMatch(method -> method.isAnnotationPresent(Test.class));
    }

    private static Class<?> classOf(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException missing) {
            throw new AssertionError("Expected a class " + name, missing);
        }
    }

    private static DescribedPredicate<JavaClass> resideInAnyOf(String... packages) {
        return JavaClass.Predicates.resideInAnyPackage(packages);
    }

    private static DescribedPredicate<JavaMethodCall> calls(String owner, String method) {
        return DescribedPredicate.describe(
                owner + "." + method,
                call -> call.getTargetOwner().getName().matches(owner)
                        && call.getName().equals(method));
    }

    private static DescribedPredicate<JavaMethodCall> writes(Class<?> type) {
        return DescribedPredicate.describe(
                "writes to " + type.getSimpleName(),
                call -> call.getTargetOwner().isAssignableTo(type)
                        && call.getName().matches("put|remove.*"));
    }
}
