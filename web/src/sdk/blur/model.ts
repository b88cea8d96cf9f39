/**
 * What is read of the segmentation model, a flatbuffer of TensorFlow Lite (its `schema.fbs` numbers the fields), and what is changed
 * in it: its last layer is an operation of MediaPipe's own that the runtime lacks. It is small, so it is left to `lastLayer.ts`.
 */

/** The model without its last layer, and that layer's numbers. */
export interface Model {
    /** As the runtime takes it. */
    readonly content: Uint8Array<ArrayBuffer>;
    readonly last: LastLayer;
}

/** A transposed convolution of 2 × 2 with a step of 2 from several channels to one, with a logistic function behind it. */
export interface LastLayer {
    /** By row and column within the 2 × 2, then by channel. */
    readonly weights: Float32Array;
    readonly bias: number;
}

const OPERATION = 'Convolution2DTransposeBias';
const DEQUANTIZE = 6;
const MODEL = { codes: 1, graphs: 2, buffers: 4 } as const;
const CODE = { custom: 1, builtin: 3 } as const;
const GRAPH = { tensors: 0, outputs: 2, operators: 3 } as const;
const OPERATOR = { code: 0, inputs: 1, outputs: 2 } as const;
const TENSOR = { type: 1, buffer: 2 } as const;
const FLOAT16 = 1;

/** Takes the last layer off. Fails when the model is not as expected. */
export function withoutLastLayer(file: ArrayBuffer): Model {
    const content = new Uint8Array(file.slice(0));
    const flat = new Flat(new DataView(content.buffer));
    const root = flat.follow(0);
    const codes = flat.tables(root, MODEL.codes);
    const graph = flat.tables(root, MODEL.graphs)[0]!;
    const operators = flat.tables(graph, GRAPH.operators);
    const codeOf = (operator: number): number => codes[flat.number(operator, OPERATOR.code)]!;
    const at = operators.findIndex((operator) => flat.text(codeOf(operator), CODE.custom) === OPERATION);
    if (at < 0 || at !== operators.length - 2) throw new Error('The model does not end as it should');
    const [picture, kernel, bias] = flat.numbers(operators[at]!, OPERATOR.inputs) as [number, number, number];

    // Weights are kept as half floats, and made floats by operations that are of no more use.
    const made = (tensor: number): { readonly by: number; readonly values: Float32Array } => {
        const by = operators.findIndex((operator) => flat.numbers(operator, OPERATOR.outputs).includes(tensor));
        const from = flat.numbers(operators[by]!, OPERATOR.inputs)[0]!;
        const source = flat.tables(graph, GRAPH.tensors)[from]!;
        if (flat.number(codeOf(operators[by]!), CODE.builtin) !== DEQUANTIZE || flat.byte(source, TENSOR.type) !== FLOAT16) {
            throw new Error('The model keeps its weights otherwise than it should');
        }
        const halves = flat.bytes(flat.tables(root, MODEL.buffers)[flat.number(source, TENSOR.buffer)]!, 0);
        return { by, values: floats(halves) };
    };
    const [weights, offset] = [made(kernel), made(bias)];
    flat.shorten(graph, GRAPH.operators, Math.min(at, weights.by, offset.by));
    flat.setNumbers(graph, GRAPH.outputs, [picture]);
    return { content, last: { weights: weights.values, bias: offset.values[0]! } };
}

/** Half floats of IEEE 754, little-endian. */
function floats(halves: DataView): Float32Array {
    return Float32Array.from({ length: halves.byteLength / 2 }, (_, i) => {
        const half = halves.getUint16(i * 2, true);
        const [sign, exponent, fraction] = [half >> 15 ? -1 : 1, (half >> 10) & 31, half & 1023];
        return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
    });
}

/** Tables and vectors of a flatbuffer. Places are offsets into it. */
class Flat {
    constructor(private readonly view: DataView) {}

    follow(place: number): number {
        return place + this.view.getUint32(place, true);
    }

    number(table: number, field: number): number {
        const place = this.field(table, field);
        return place === undefined ? 0 : this.view.getInt32(place, true);
    }

    byte(table: number, field: number): number {
        const place = this.field(table, field);
        return place === undefined ? 0 : this.view.getInt8(place);
    }

    text(table: number, field: number): string {
        const { buffer, byteOffset, byteLength } = this.bytes(table, field);
        return new TextDecoder().decode(new Uint8Array(buffer, byteOffset, byteLength));
    }

    bytes(table: number, field: number): DataView {
        const [start, length] = this.vector(table, field);
        return new DataView(this.view.buffer, this.view.byteOffset + start, length);
    }

    numbers(table: number, field: number): number[] {
        const [start, length] = this.vector(table, field);
        return Array.from({ length }, (_, i) => this.view.getInt32(start + 4 * i, true));
    }

    tables(table: number, field: number): number[] {
        const [start, length] = this.vector(table, field);
        return Array.from({ length }, (_, i) => this.follow(start + 4 * i));
    }

    /** Cuts the end of a vector off. */
    shorten(table: number, field: number, length: number): void {
        this.view.setUint32(this.vector(table, field)[0] - 4, length, true);
    }

    /** Overwrites a vector's numbers, as many as it has. */
    setNumbers(table: number, field: number, numbers: readonly number[]): void {
        const [start] = this.vector(table, field);
        numbers.forEach((number, i) => this.view.setInt32(start + 4 * i, number, true));
    }

    private vector(table: number, field: number): [start: number, length: number] {
        const place = this.field(table, field);
        if (place === undefined) return [0, 0];
        const start = this.follow(place);
        return [start + 4, this.view.getUint32(start, true)];
    }

    private field(table: number, field: number): number | undefined {
        const layout = table - this.view.getInt32(table, true);
        const place = 4 + 2 * field;
        const offset = place < this.view.getUint16(layout, true) ? this.view.getUint16(layout + place, true) : 0;
        return offset === 0 ? undefined : table + offset;
    }
}
