interface Options {
    /** Milliseconds. */
    readonly within?: number;
    readonly every?: number;
    readonly what?: string;
}

/** Resolves with the first truthy value of the condition; fails when there was none in time. */
export async function until<T>(condition: () => T | Promise<T>, options: Options = {}): Promise<NonNullable<T>> {
    const { within = 15_000, every = 50, what = condition.toString() } = options;
    const deadline = Date.now() + within;
    for (;;) {
        const value = await condition();
        if (value) return value as NonNullable<T>;
        if (Date.now() > deadline) throw new Error(`not within ${within} ms: ${what}`);
        await new Promise((resolve) => setTimeout(resolve, every));
    }
}

/** As {@link until}, but compares, and says what was there instead. */
export async function untilEqual<T>(value: () => T | Promise<T>, expected: T, within = 15_000): Promise<void> {
    const wanted = JSON.stringify(expected);
    const deadline = Date.now() + within;
    for (;;) {
        const found = JSON.stringify(await value());
        if (found === wanted) return;
        if (Date.now() > deadline) throw new Error(`not within ${within} ms: expected ${wanted}, found ${found}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
}
