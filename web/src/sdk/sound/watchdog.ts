/** What is done about a symptom, in this order, and what to say when none of it helped. */
export interface Remedy<Repair, Trouble> {
    /** Milliseconds that the symptom must last before anything is done. */
    readonly patience: number;
    readonly repairs: readonly Repair[];
    /** Milliseconds that each repair is given to help. */
    readonly pause: number;
    /** What the person is told in the end; nothing where there is nothing to say. */
    readonly trouble?: Trouble;
}

export type Finding<Symptom> = Symptom | 'healthy' | 'unknown';

export interface Verdict<Repair, Trouble> {
    /** To be done now. */
    readonly repair?: Repair;
    /** To be said for as long as it is there. */
    readonly trouble?: Trouble;
}

/** A last repair is tried again that often while the trouble lasts; milliseconds. */
const AGAIN_AFTER = 30_000;

/** A gap in the findings that is longer (a laptop asleep) does not count as time that a symptom lasted; milliseconds. */
const LONGEST_STEP = 3_000;

/**
 * Judges a row of findings: a symptom that lasts is treated with its remedies, one after the other; what they do not cure is
 * told. Only a proof of health ends a symptom: silence between two sentences says nothing. Knows no clock and does nothing
 * itself.
 */
export class Watchdog<Symptom extends string, Repair, Trouble> {
    private symptom: Symptom | undefined;
    private last: number | undefined;
    /** How long the symptom has been seen since it began or since the last repair; milliseconds. */
    private seen = 0;
    private tried = 0;
    private trouble: Trouble | undefined;

    constructor(private readonly remedies: Readonly<Record<Symptom, Remedy<Repair, Trouble>>>) {}

    /** `at` in milliseconds, never less than the one before. */
    step(at: number, finding: Finding<Symptom>): Verdict<Repair, Trouble> {
        const passed = Math.min(LONGEST_STEP, at - (this.last ?? at));
        this.last = at;
        if (finding === 'healthy') this.recover();
        else if (finding !== 'unknown') return this.ill(finding, passed);
        return this.verdict();
    }

    private ill(symptom: Symptom, passed: number): Verdict<Repair, Trouble> {
        if (symptom === this.symptom) {
            this.seen += passed;
        } else {
            this.recover();
            this.symptom = symptom;
        }
        const { patience, pause, repairs, trouble } = this.remedies[symptom];
        const untried = this.tried < repairs.length;
        if (!untried && this.seen >= (repairs.length === 0 ? patience : pause)) this.trouble = trouble;
        if (this.seen < (untried ? (this.tried === 0 ? patience : pause) : AGAIN_AFTER)) return this.verdict();
        this.seen = untried ? 0 : pause;
        return this.verdict(repairs[Math.min(this.tried++, repairs.length - 1)]);
    }

    private recover(): void {
        this.symptom = undefined;
        this.seen = 0;
        this.tried = 0;
        this.trouble = undefined;
    }

    private verdict(repair?: Repair): Verdict<Repair, Trouble> {
        const { trouble } = this;
        return { ...(repair !== undefined && { repair }), ...(trouble !== undefined && { trouble }) };
    }
}
