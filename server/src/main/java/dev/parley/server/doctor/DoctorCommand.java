package dev.parley.server.doctor;

import dev.parley.server.config.ServerConfig;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;

/** The output of {@code ./run doctor}. */
public final class DoctorCommand {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String INDENT = " ".repeat(6);

    private DoctorCommand() {}

    /** Examines and prints. @return the exit status: 1 when something fails */
    public static int run(ServerConfig config, boolean json, PrintStream out) {
        var findings = Doctor.examine(config);
        boolean failed = findings.stream().anyMatch(finding -> finding.status() == Finding.Status.FAIL);
        if (json) {
            json(findings, failed, out);
        } else {
            findings.forEach(finding -> print(finding, out));
            out.println(failed ? "\nSomething fails: see the lines with FAIL." : "\nNothing fails.");
        }
        out.flush();
        return failed ? 1 : 0;
    }

    private static void json(List<Finding> findings, boolean failed, PrintStream out) {
        var body = MAPPER.createObjectNode().put("ok", !failed);
        var list = body.putArray("findings");
        for (var finding : findings) {
            list.addObject()
                    .put("check", finding.check())
                    .put("status", finding.status().name().toLowerCase(Locale.ROOT))
                    .put("text", finding.text())
                    .put("cause", finding.cause())
                    .put("cure", finding.cure());
        }
        out.println(MAPPER.writeValueAsString(body));
    }

    private static void print(Finding finding, PrintStream out) {
        var status = finding.status() == Finding.Status.FAIL ? "FAIL" : finding.status().name().toLowerCase(Locale.ROOT);
        out.printf("%-5s %s: %s%n", status, finding.check(), finding.text());
        if (!finding.cause().isEmpty()) {
            out.printf("%sCause: %s%n%sCure:  %s%n", INDENT, finding.cause(), INDENT, finding.cure());
        }
    }
}
