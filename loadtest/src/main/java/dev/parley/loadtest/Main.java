package dev.parley.loadtest;

import dev.parley.loadtest.report.Result;
import dev.parley.loadtest.report.Table;
import dev.parley.sfu.udp.PosixUdpPort;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Loads a server from the command line. Exit status: 0 when all was as it should be, 1 when something was wrong with
 * what was received, 2 for an option that does not work, 3 when people could not join.
 */
public final class Main {
    private static final int FAULTS = 1;
    private static final int BAD_OPTION = 2;
    private static final int NOT_JOINED = 3;

    private Main() {}

    /** The program. */
    public static void main(String[] arguments) throws InterruptedException {
        int status;
        try {
            status = run(List.of(arguments));
        } catch (UsageException e) {
            System.err.println("loadtest: " + e.getMessage() + " ./run loadtest --help shows every option.");
            status = BAD_OPTION;
        } catch (JoinException e) {
            System.err.println("loadtest: " + e.getMessage());
            status = NOT_JOINED;
        } catch (IOException e) {
            System.err.println("loadtest: " + e);
            status = BAD_OPTION;
        }
        System.exit(status);
    }

    private static int run(List<String> arguments) throws InterruptedException, IOException {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            System.out.print(help());
            return 0;
        }
        if (!PosixUdpPort.isSupported()) {
            throw new UsageException("The load tester needs 64-bit Linux on x86 or Arm.");
        }
        var values = ScenarioReader.values(arguments);
        var scenario = ScenarioReader.scenario(values);
        var result = new LoadTest(scenario, ScenarioReader.named(values), Progress.onConsole()).run();
        System.out.print(Table.of(result));
        if (scenario.json().isPresent()) {
            Files.writeString(scenario.json().get(), json(result) + "\n");
        }
        return result.passed() ? 0 : FAULTS;
    }

    static String json(Result result) {
        return JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(result);
    }

    static String help() {
        var text = new StringBuilder("""
                Usage: ./run loadtest [options]

                People without browsers meet on a server: they join as docs/signalling.md says, send media that can be
                checked, and check and measure all that they receive. docs/loadtest.md explains the figures.

                """);
        for (var option : Option.values()) {
            text.append(String.format(Locale.ROOT, "  %-28s %s%s%n", "--" + option.key() + "=" + option.unit(),
                    option.help(), option.usual().isEmpty() ? "." : ". Default: " + option.usual()));
        }
        text.append("\nScenarios\n");
        Arrays.stream(Preset.values()).forEach(preset -> text.append(
                String.format(
                        Locale.ROOT, "  %-12s %s.%n%15s%s%n", preset.key(), preset.help(), "", preset.options())));
        text.append("\nWithout a scenario and without people it is smoke. Exit status: 0 passed, 1 failed, 2 an "
                + "option that does not work,\n3 people could not join.\n");
        return text.toString();
    }
}
