/** Tells people from their background. Masks are made one at a time, elsewhere than where pictures are painted. */
export interface MaskMaker {
    /** Of the pictures that it takes and of the masks that it gives, pixels. Known once {@link MaskMaker.ready} has resolved. */
    readonly size: MaskSize;
    /** Resolves when it can be used; rejects when it never will. */
    readonly ready: Promise<void>;
    /** What is certainly a person is 255, what is certainly not is 0. Rejects when no more masks can be made. */
    make(picture: ImageData): Promise<Mask>;
    /** What was seen before has nothing to do with what comes: another camera. */
    forget(): void;
    close(): void;
}

export interface MaskSize {
    readonly width: number;
    readonly height: number;
}

export interface Mask {
    /** One byte for each pixel, row by row. */
    readonly alpha: Uint8Array<ArrayBuffer>;
    /** How long the making took, milliseconds, without the way there and back. */
    readonly millis: number;
}
