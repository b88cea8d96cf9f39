package dev.parley.sfu.testing;

/** How many lanes a virtual SFU has, and at which of them datagrams arrive. */
enum LaneLayout {
    /** One lane. */
    ONE(1) {
        @Override
        Landing landing(long seed) {
            return Landing.first();
        }
    },
    /** Each remote address belongs to one of three, as with SO_REUSEPORT. */
    THREE(3) {
        @Override
        Landing landing(long seed) {
            return Landing.byAddress(lanes());
        }
    },
    /** Three, and each single datagram arrives at any of them: nearly all are handed over. */
    SCATTERED(3) {
        @Override
        Landing landing(long seed) {
            return Landing.anywhere(lanes(), seed);
        }
    },
    /** Three; transports stay where they are made, and an address arrives there once that was told. */
    STEERED(3) {
        @Override
        Landing landing(long seed) {
            return new SteeredLanding();
        }
    };

    private final int lanes;

    LaneLayout(int lanes) {
        this.lanes = lanes;
    }

    int lanes() {
        return lanes;
    }

    abstract Landing landing(long seed);
}
