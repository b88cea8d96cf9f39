package dev.parley.sfu;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.security.SecureRandom;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Holds the direction of dependencies, wire ← engine ← udp ← lane ← startup ← API, and that wire, engine and most of
 * lane are sans-IO.
 */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.parley.sfu");

    /** What of the API package has behaviour; the rest is data, which ortc and lane may use. */
    private static final Set<String> BEHAVIOUR = Set.of(
            "Sfu", "Router", "WebRtcTransport", "Producer", "Consumer", "AudioLevelObserver", "ActiveSpeakerObserver",
            "Events");

    private static final DescribedPredicate<JavaClass> API_BEHAVIOUR = DescribedPredicate.describe(
            "behaviour of the API",
            c -> c.getPackageName().equals("dev.parley.sfu") && BEHAVIOUR.contains(c.getSimpleName()));

    /** What of lane has threads, sockets, files or the clock. */
    private static final Set<String> IO_OF_LANE = Set.of(
            "Lanes", "Lane", "Call", "ThreadTime", "MediaPorts", "TcpPort", "TcpConnection", "FrameRing", "KeyLogFile",
            "SystemClock");

    private static final DescribedPredicate<JavaClass> SANS_IO = DescribedPredicate.describe(
            "wire, engine and all of lane that is no thread, socket, file or clock",
            c -> resideInAnyPackage("dev.parley.sfu.wire..", "dev.parley.sfu.engine..").test(c)
                    || resideInAPackage("dev.parley.sfu.lane..").test(c) && !IO_OF_LANE.contains(outermost(c)));

    private static String outermost(JavaClass c) {
        return c.getEnclosingClass().map(ArchitectureTest::outermost).orElse(c.getSimpleName());
    }

    @Test
    void wireKnowsNothingAboveIt() {
        classes()
                .that()
                .resideInAPackage("dev.parley.sfu.wire..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.parley.sfu.wire..", "java..", "javax.crypto..", "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void engineKnowsWireAlone() {
        classes()
                .that()
                .resideInAPackage("dev.parley.sfu.engine..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.parley.sfu.engine..",
                        "dev.parley.sfu.wire..",
                        "java..",
                        "javax.crypto..",
                        "javax.security..",
                        "org.bouncycastle..",
                        "org.jspecify..",
                        "org.slf4j..")
                .check(CLASSES);
    }

    @Test
    void negotiationKnowsParametersAlone() {
        noClasses()
                .that()
                .resideInAPackage("dev.parley.sfu.ortc..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.parley.sfu.lane..")
                        .or(resideInAPackage("dev.parley.sfu.engine.."))
                        .or(API_BEHAVIOUR))
                .check(CLASSES);
    }

    @Test
    void socketsKnowNothingOfWhatTheyCarry() {
        noClasses()
                .that()
                .resideInAPackage("dev.parley.sfu.udp..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "dev.parley.sfu.lane..",
                        "dev.parley.sfu.startup..",
                        "dev.parley.sfu.ortc..",
                        "dev.parley.sfu.engine.dtls..",
                        "dev.parley.sfu.engine.forward..",
                        "dev.parley.sfu.engine.ice..",
                        "dev.parley.sfu.engine.stream.."))
                .check(CLASSES);
    }

    @Test
    void nothingButTheApiKnowsOfTheStart() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.parley.sfu", "dev.parley.sfu.startup..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.parley.sfu.startup.."))
                .check(CLASSES);
    }

    @Test
    void whatIsBelowTheApiKnowsItsDataAlone() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.parley.sfu.lane..", "dev.parley.sfu.udp..", "dev.parley.sfu.startup..")
                .should()
                .dependOnClassesThat(API_BEHAVIOUR)
                .check(CLASSES);
    }

    @Test
    void enginePackagesHaveNoCycles() {
        slices().matching("dev.parley.sfu.(engine|wire).(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void protocolsHaveNoClockSocketOrThreadOfTheirOwn() {
        noClasses()
                .that(SANS_IO)
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .dependOnClassesThat(resideInAPackage("java.nio.channels.."))
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.util.concurrent.Executor.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.net.DatagramSocket.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.net.Socket.class)
                .check(CLASSES);
    }

    @Test
    void protocolsDrawNoRandomnessOfTheirOwn() {
        noClasses()
                .that(SANS_IO)
                .should()
                .callConstructor(SecureRandom.class)
                .orShould()
                .callConstructor(java.util.Random.class)
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(java.util.UUID.class, "randomUUID")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.util.concurrent.ThreadLocalRandom.class)
                .check(CLASSES);
    }

    @Test
    void everyClassIsFinalOrSealed() {
        classes()
                .that()
                .areNotInterfaces()
                .and()
                .areNotEnums()
                .and()
                .areNotAnonymousClasses()
                .should(com.tngtech.archunit.lang.conditions.ArchConditions.haveModifier(JavaModifier.FINAL))
                .check(CLASSES);
    }
}
