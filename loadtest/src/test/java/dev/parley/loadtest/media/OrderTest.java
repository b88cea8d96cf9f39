package dev.parley.loadtest.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class OrderTest {
    private static final long PATIENCE = 1_000;

    private final Order order = new Order(64, PATIENCE);

    private void come(long now, int... numbers) {
        for (int number : numbers) {
            if (!order.started()) {
                order.start(number);
            }
            order.packet(now, number, number, false);
        }
    }

    @Test
    void findsNothingWrongWithAWholeStream() {
        for (int i = 0; i < 1_000; i++) {
            come(i, 65_000 + i);
        }
        assertEquals(1_000, order.delivered());
        assertEquals(0, order.lost() + order.misplaced() + order.leftOut() + order.gaps());
        assertEquals(Long.MAX_VALUE, order.nextTimeout());
    }

    @Test
    void waitsForARepairAndIsContentWithIt() {
        come(0, 1, 2, 4, 5);
        assertEquals(2, order.delivered());
        assertFalse(order.giveUp(PATIENCE - 1));
        come(10, 3);
        assertEquals(5, order.delivered());
        assertFalse(order.giveUp(10 * PATIENCE));
        assertEquals(0, order.lost() + order.misplaced());
    }

    @Test
    void countsWhatIsNotRepairedInTime() {
        come(0, 1, 2, 5, 6, 9);
        assertTrue(order.giveUp(PATIENCE));
        assertEquals(2, order.lost());
        assertTrue(order.giveUp(2 * PATIENCE));
        assertEquals(4, order.lost());
        assertEquals(2, order.gaps());
        assertEquals(5, order.delivered());
        assertEquals(0, order.misplaced() + order.leftOut(), "what was lost is not misplaced, too");
    }

    @Test
    void waitsForSeveralHolesAtTheSameTime() {
        come(0, 1, 3);
        come(10, 5);
        come(20, 7);
        assertTrue(order.giveUp(PATIENCE));
        assertFalse(order.giveUp(PATIENCE), "it is known for less long that 4 is missing");
        assertTrue(order.giveUp(PATIENCE + 10));
        assertTrue(order.giveUp(PATIENCE + 20));
        assertEquals(4, order.delivered());
        assertEquals(3, order.lost());
    }

    @Test
    void missesNothingThatAKeyFrameHasOvertaken() {
        come(0, 1, 2);
        order.packet(0, 5, 5, false);
        order.packet(0, 7, 7, true);
        order.packet(0, 9, 9, false);
        assertTrue(order.giveUp(PATIENCE));
        assertTrue(order.giveUp(2 * PATIENCE));
        assertEquals(3, order.overtaken(), "3 and 4, then 6");
        assertEquals(0, order.lost() + order.gaps());
        assertTrue(order.giveUp(3 * PATIENCE));
        assertEquals(1, order.lost(), "8 belongs to the key frame, or comes after it");
        assertEquals(3, order.overtaken());
    }

    @Test
    void missesWhatWasNotRepairedLongBeforeAKeyFrameCame() {
        come(0, 1, 3);
        order.packet(PATIENCE / 2, 4, 4, true);
        assertTrue(order.giveUp(PATIENCE));
        assertEquals(1, order.lost());
        assertEquals(0, order.overtaken());
    }

    @Test
    void knowsWhatCameBefore() {
        come(0, 1, 2, 4);
        assertEquals(Order.Place.AGAIN, order.packet(0, 2, 2, false), "delivered");
        assertEquals(Order.Place.AGAIN, order.packet(0, 4, 4, false), "waiting");
        order.giveUp(PATIENCE);
        assertEquals(Order.Place.LATE, order.packet(0, 3, 3, false), "given up");
        assertEquals(Order.Place.AGAIN, order.packet(0, 3, 3, false), "late already");
    }

    @Test
    void noticesAPacketThatTheServerLeftOutAndRenumbered() {
        order.start(100);
        order.packet(0, 100, 0, false);
        order.packet(0, 101, 1, false);
        order.packet(0, 102, 4, false);
        assertEquals(2, order.leftOut());
        assertEquals(0, order.misplaced());
    }

    @Test
    void noticesAPacketThatTheServerSendsTwiceUnderTwoNumbers() {
        order.start(100);
        order.packet(0, 100, 0, false);
        order.packet(0, 101, 0, false);
        assertEquals(1, order.misplaced());
    }

    @Test
    void noticesPacketsThatChangedPlaces() {
        order.start(100);
        order.packet(0, 100, 0, false);
        order.packet(0, 101, 2, false);
        order.packet(0, 102, 1, false);
        assertEquals(1, order.leftOut());
        assertEquals(1, order.misplaced());
    }

    @Test
    void givesUpWhatDoesNotFitTheWindow() {
        come(0, 1);
        come(0, 200);
        assertEquals(200 - 64 - 1, order.lost());
        for (int i = 200 - 64 + 1; i < 200; i++) {
            come(1, i);
        }
        assertEquals(65, order.delivered());
    }

    @Test
    void countsPacketsWithoutReadingThem() {
        order.start(5);
        for (int i = 5; i < 50; i++) {
            if (i != 20) {
                order.packet(0, i, Order.UNKNOWN, false);
            }
        }
        order.giveUp(PATIENCE);
        assertEquals(44, order.delivered());
        assertEquals(1, order.lost());
        assertEquals(0, order.misplaced());
    }
}
