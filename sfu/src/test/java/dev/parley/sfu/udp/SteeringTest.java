package dev.parley.sfu.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.sfu.wire.TransportAddress;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

/** To which lane's socket datagrams come. */
class SteeringTest {
    private final SplittableRandom random = new SplittableRandom(4);

    private static long[] compile(long... firstsAndLanes) {
        var firsts = new int[firstsAndLanes.length / 2];
        var lanes = new int[firsts.length];
        for (int i = 0; i < firsts.length; i++) {
            firsts[i] = (int) firstsAndLanes[2 * i];
            lanes[i] = (int) firstsAndLanes[2 * i + 1];
        }
        return SteeringProgram.compile(firsts, lanes);
    }

    /** Does with a program what the kernel does. */
    private static int run(long[] program, TransportAddress source) {
        var packet = ByteBuffer.allocate(48);
        packet.put(0, (byte) (source.isIpv4() ? 0x45 : 0x60));
        packet.put(source.isIpv4() ? 12 : 8, source.addressBytes());
        packet.putShort(source.isIpv4() ? 20 : 40, (short) source.port());
        int a = 0;
        int x = 0;
        for (int at = 0; ; at++) {
            int operation = (int) (program[at] >>> 48);
            int k = (int) program[at];
            int offset = k + 0x100000;
            boolean jumps = operation == 0x15 ? a == k : Integer.compareUnsigned(a, k) >= 0;
            switch (operation) {
                case 0x20 -> a = packet.getInt(offset);
                case 0x28 -> a = packet.getShort(offset) & 0xffff;
                case 0x30 -> a = packet.get(offset) & 0xff;
                case 0x54 -> a &= k;
                case 0x24 -> a *= k;
                case 0xac -> a ^= x;
                case 0x07 -> x = a;
                case 0x05 -> at += k;
                case 0x15, 0x35 -> at += (int) (program[at] >>> (jumps ? 40 : 32)) & 0xff;
                case 0x06 -> {
                    return k;
                }
                default -> throw new AssertionError("instruction " + operation);
            }
        }
    }

    private TransportAddress address() {
        return random.nextBoolean()
                ? TransportAddress.ipv4(random.nextInt(), random.nextInt(65_536))
                : new TransportAddress(random.nextLong(), random.nextLong(), random.nextInt(65_536));
    }

    @Test
    void oneRunIsOneInstruction() {
        assertEquals(1, compile(0, 3).length);
        assertEquals(3, run(compile(0, 3), address()));
    }

    @Test
    void aProgramFindsTheRunOfEachKey() {
        for (int runs : new int[] {2, 3, 7, 100, 129, 257, SteeringProgram.MAX_RUNS}) {
            int[] firsts = new int[runs];
            int[] lanes = new int[runs];
            for (int i = 0; i < runs; i++) {
                firsts[i] = (int) ((1L << 32) / runs * i);
                lanes[i] = random.nextInt(64);
            }
            var program = SteeringProgram.compile(firsts, lanes);
            assertTrue(program.length < 4_096, program.length + " instructions");
            for (int i = 0; i < 2_000; i++) {
                var source = address();
                int expected = runs - 1;
                while (Integer.compareUnsigned(SteeringProgram.key(source), firsts[expected]) < 0) {
                    expected--;
                }
                assertEquals(lanes[expected], run(program, source), source + " in " + runs + " runs");
            }
        }
    }

    @Test
    void tellsTheKernelWhatBelongsWhereUntilThereIsTooMuch() throws InterruptedException {
        BlockingQueue<long[]> programs = new LinkedBlockingQueue<>();
        try (var steering = KernelSteering.start(programs::add).orElseThrow()) {
            assertEquals(1, next(programs).length, "all at the first lane");
            var first = address();
            var second = address();
            steering.belongs(first, 0);
            steering.belongs(second, 1);
            var program = next(programs);
            while (run(program, second) != 1) {
                program = next(programs);
            }
            assertEquals(0, run(program, first));
            steering.forget(second, 1);
            program = next(programs);
            assertEquals(1, program.length);
            assertFalse(steering.isFull());
            for (int i = 0; i < 4_000; i++) {
                steering.belongs(address(), i % 2);
            }
            await(() -> steering.isFull() ? 1 : 0, 1);
        }
    }

    private static long[] next(BlockingQueue<long[]> programs) throws InterruptedException {
        var program = programs.poll(20, TimeUnit.SECONDS);
        assertTrue(program != null, "no program");
        return program == null ? new long[0] : program;
    }

    private static void await(IntSupplier actual, int expected) {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (actual.getAsInt() != expected) {
            assertTrue(System.nanoTime() < deadline, actual.getAsInt() + " instead of " + expected);
            Thread.onSpinWait();
        }
    }

    @Test
    void whatAKernelRefusesIsNotUsed() {
        assertTrue(KernelSteering.start(program -> false).isEmpty());
    }

    @Test
    void thisKernelDeliversAsItIsTold() throws IOException {
        assumeTrue(PosixUdpPort.isSupported());
        var any = List.of(InetAddress.getByName("::"));
        var ports = new ArrayList<PosixUdpPort>();
        try (var arena = Arena.ofConfined()) {
            ports.add(PosixUdpPort.bind(0, any, false));
            ports.getFirst().share();
            ports.add(PosixUdpPort.bind(ports.getFirst().port(), any, true));
            ports.add(PosixUdpPort.bind(ports.getFirst().port(), any, true));
            assumeTrue(ports.getFirst().steer(compile(0, 2)), "this kernel has no such programs");
            var in = new InBatch(64, arena);
            for (int round = 0; round < 40; round++) {
                var loopback = InetAddress.getByName(round % 2 == 0 ? "127.0.0.1" : "::1");
                try (var client = new DatagramSocket(new InetSocketAddress(loopback, 0))) {
                    int key = SteeringProgram.key(TransportAddress.of(loopback, client.getLocalPort()));
                    long at = Math.clamp(key & 0xffff_ffffL, 1, 0xffff_fffeL);
                    int lane = random.nextInt(3);
                    assertTrue(ports.getFirst().steer(compile(0, (lane + 1) % 3, at, lane, at + 1, (lane + 2) % 3)));
                    client.send(new DatagramPacket(
                            new byte[] {1}, 1, new InetSocketAddress(loopback, ports.getFirst().port())));
                    await(() -> ports.get(lane).receive(in), 1);
                    assertEquals(client.getLocalPort(), in.source(0).port());
                }
            }
        } finally {
            ports.forEach(PosixUdpPort::close);
        }
    }
}
