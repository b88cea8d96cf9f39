package dev.parley.bench.forward;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What to measure.
 *
 * @param subjects who, in this order: ordinary, limit, native, java; native2 is native with two lanes
 * @param traffic under which loads
 * @param rounds how often each
 * @param nanos how long each time
 * @param warmUpNanos how long each is loaded before
 * @param together whether the packets of a frame arrive together or one by one
 * @param reference the folder of the C programs
 * @param json where the results go, or empty
 * @param javaOptions more options of the SFU's virtual machine
 */
record Options(
        List<String> subjects,
        List<Traffic> traffic,
        int rounds,
        long nanos,
        long warmUpNanos,
        boolean together,
        String reference,
        String json,
        List<String> javaOptions) {
    static final String HELP =
            """
            Usage: bench/run forward [option=value]...
              subjects=ordinary,limit,native,java   who is measured; native2 has two lanes, and so on
              kinds=video,audio                     which loads
              fanout=2,10,50,200                    to how many subscribers
              rounds=5                              how often each is measured, in turns
              seconds=1                             for how long each time
              rate=24000,100000                     packets out per second, the same for all
              warmup=3                              seconds of load before each load is measured
              arrival=together                      or apart: how the packets of a video frame come in
              json=FILE                             also write the results there
              java=OPTION                           option of the SFU's virtual machine; may be repeated
            """;

    static Options parse(String[] arguments) {
        var subjects = List.of("ordinary", "limit", "native", "java");
        var kinds = List.of("video", "audio");
        var fanOuts = Traffic.FAN_OUTS;
        int rounds = 5;
        double seconds = 1;
        var rates = Traffic.RATES;
        double warmUp = 3;
        var arrival = "together";
        var reference = "bench/target";
        var json = "";
        var javaOptions = new ArrayList<String>();
        for (var argument : arguments) {
            var value = argument.substring(argument.indexOf('=') + 1);
            switch (argument.substring(0, Math.max(0, argument.indexOf('=')))) {
                case "subjects" -> subjects = List.of(value.split(","));
                case "kinds" -> kinds = List.of(value.split(","));
                case "fanout" -> fanOuts = numbers(value);
                case "rounds" -> rounds = Integer.parseInt(value);
                case "seconds" -> seconds = Double.parseDouble(value);
                case "rate" -> rates = numbers(value);
                case "warmup" -> warmUp = Double.parseDouble(value);
                case "arrival" -> arrival = value;
                case "reference" -> reference = value;
                case "json" -> json = value;
                case "java" -> javaOptions.add(value);
                default -> throw new IllegalArgumentException("Unknown option " + argument + "\n" + HELP);
            }
        }
        var traffic = new ArrayList<Traffic>();
        for (int rate : rates) {
            for (var kind : kinds) {
                for (int fanOut : fanOuts) {
                    traffic.add(new Traffic(kind.equals("video"), fanOut, rate));
                }
            }
        }
        return new Options(
                subjects,
                traffic,
                rounds,
                (long) (seconds * 1e9),
                (long) (warmUp * 1e9),
                arrival.equals("together"),
                reference,
                json,
                List.copyOf(javaOptions));
    }

    private static List<Integer> numbers(String list) {
        return Stream.of(list.split(",")).map(Integer::valueOf).toList();
    }
}
