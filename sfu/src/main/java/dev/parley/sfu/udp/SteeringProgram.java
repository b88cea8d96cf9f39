package dev.parley.sfu.udp;

import dev.parley.sfu.wire.TransportAddress;
import java.util.Arrays;

/**
 * A program that the kernel runs for each datagram to choose among the sockets of a port (SO_ATTACH_REUSEPORT_CBPF,
 * Linux 4.5; needs no privilege). It forms a {@link #key} of the source and finds the lane by binary search in runs:
 * keys next to each other that belong to one lane. A key that nobody named falls into the run of its neighbour.
 *
 * <pre>
 * instruction   code 16 | jump if true 8 | jump if false 8 | k 32          (linux/filter.h, struct sock_filter)
 * </pre>
 *
 * Loads are relative to the network header. Headers are taken to be without options, which those of WebRTC are; others
 * arrive at some lane and are handed over.
 */
final class SteeringProgram {
    /** So many that the program stays under the kernel's limits (4096 instructions, 20 KiB on older ones). */
    static final int MAX_RUNS = 512;

    private static final int PORT_FACTOR = 0x9e3779b1;
    private static final int KEY_FACTOR = 0x85ebca6b;
    /** SKF_NET_OFF. */
    private static final int NETWORK = -0x100000;

    private static final int LOAD_WORD = 0x20;
    private static final int LOAD_HALF = 0x28;
    private static final int LOAD_BYTE = 0x30;
    private static final int AND = 0x54;
    private static final int MULTIPLY = 0x24;
    private static final int XOR_X = 0xac;
    private static final int TO_X = 0x07;
    private static final int JUMP = 0x05;
    private static final int JUMP_EQUAL = 0x15;
    private static final int JUMP_NOT_LESS = 0x35;
    private static final int RETURN = 0x06;
    private static final int FAR = 255;

    private long[] code = new long[64];
    private int length;

    private SteeringProgram() {}

    /** The 32 bits that the program tells addresses apart by; unsigned. Two addresses may have the same. */
    static int key(TransportAddress source) {
        var high = source.high();
        var low = source.low();
        var folded = source.isIpv4() ? (int) low : (int) (high >>> 32) ^ (int) high ^ (int) (low >>> 32) ^ (int) low;
        return (source.port() * PORT_FACTOR ^ folded) * KEY_FACTOR;
    }

    /**
     * Translates.
     *
     * @param firsts the first key of each run, ascending as unsigned numbers; the first run begins at 0 whatever stands
     *     here
     * @param lanes the lane of each run, in the order in which their sockets were bound
     * @return instructions as in the picture above, code in the upper bits
     */
    static long[] compile(int[] firsts, int[] lanes) {
        var program = new SteeringProgram();
        if (firsts.length > 1) {
            program.loadKey();
        }
        program.search(firsts, lanes, 0, firsts.length);
        return Arrays.copyOf(program.code, program.length);
    }

    private void loadKey() {
        add(LOAD_BYTE, 0, 0, NETWORK);
        add(AND, 0, 0, 0xf0);
        add(JUMP_EQUAL, 0, 4, 0x40);
        add(LOAD_WORD, 0, 0, NETWORK + 12);
        add(TO_X, 0, 0, 0);
        add(LOAD_HALF, 0, 0, NETWORK + 20);
        add(JUMP, 0, 0, 12);
        add(LOAD_WORD, 0, 0, NETWORK + 8);
        for (var word = 12; word <= 20; word += 4) {
            add(TO_X, 0, 0, 0);
            add(LOAD_WORD, 0, 0, NETWORK + word);
            add(XOR_X, 0, 0, 0);
        }
        add(TO_X, 0, 0, 0);
        add(LOAD_HALF, 0, 0, NETWORK + 40);
        add(MULTIPLY, 0, 0, PORT_FACTOR);
        add(XOR_X, 0, 0, 0);
        add(MULTIPLY, 0, 0, KEY_FACTOR);
    }

    /** The runs from one up to another, the latter not included. */
    private void search(int[] firsts, int[] lanes, int from, int to) {
        if (to - from == 1) {
            add(RETURN, 0, 0, lanes[from]);
            return;
        }
        var middle = (from + to) >>> 1;
        var left = length(middle - from);
        if (left <= FAR) {
            add(JUMP_NOT_LESS, left, 0, firsts[middle]);
        } else {
            add(JUMP_NOT_LESS, 0, 1, firsts[middle]);
            add(JUMP, 0, 0, left);
        }
        search(firsts, lanes, from, middle);
        search(firsts, lanes, middle, to);
    }

    /** How many instructions {@link #search} makes of a number of runs. */
    private static int length(int runs) {
        if (runs == 1) {
            return 1;
        }
        var left = length(runs >>> 1);
        return (left <= FAR ? 1 : 2) + left + length(runs - (runs >>> 1));
    }

    private void add(int operation, int ifTrue, int ifFalse, int k) {
        if (length == code.length) {
            code = Arrays.copyOf(code, 2 * length);
        }
        code[length++] = (long) operation << 48 | (long) ifTrue << 40 | (long) ifFalse << 32 | k & 0xffff_ffffL;
    }
}
