/** Lets so many things be under way at a time; the others wait for their turn, in order. */
export class Turns {
    private readonly waiting: (() => void)[] = [];

    constructor(private free: number) {}

    async take<T>(work: () => Promise<T>): Promise<T> {
        if (this.free > 0) this.free--;
        else await new Promise<void>((resolve) => this.waiting.push(resolve));
        try {
            return await work();
        } finally {
            const next = this.waiting.shift();
            if (next) next();
            else this.free++;
        }
    }
}
