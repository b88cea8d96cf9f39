import { useEffect, useLayoutEffect, useState, type RefObject } from 'react';

/** Wide enough for a moment's look; pixels. */
const WIDTH = 480;

/** What was seen last of each track that was on the page. */
const stills = new WeakMap<MediaStreamTrack, HTMLCanvasElement>();

/**
 * What the track showed when it was on the page last, until the video has a picture of its own: one that the server held back takes a
 * moment to come, and nobody shall look at an empty tile meanwhile.
 */
export function useStill(video: RefObject<HTMLVideoElement | null>, track: MediaStreamTrack): HTMLCanvasElement | undefined {
    const [live, setLive] = useState<MediaStreamTrack>();

    useEffect(() => {
        const element = video.current;
        const arrived = () => setLive(track);
        element?.addEventListener('loadeddata', arrived, { once: true });
        return () => element?.removeEventListener('loadeddata', arrived);
    }, [video, track]);
    // Before the element leaves the page, and its picture with it.
    useLayoutEffect(() => {
        const element = video.current;
        return () => {
            if (element !== null) {
                keep(element, track);
            }
        };
    }, [video, track]);

    return live === track ? undefined : stills.get(track);
}

function keep(video: HTMLVideoElement, track: MediaStreamTrack): void {
    const { videoWidth, videoHeight, readyState } = video;
    if (readyState < HTMLMediaElement.HAVE_CURRENT_DATA || videoWidth === 0) {
        return;
    }
    const canvas = stills.get(track) ?? document.createElement('canvas');
    canvas.width = Math.min(WIDTH, videoWidth);
    canvas.height = Math.round((canvas.width * videoHeight) / videoWidth);
    canvas.getContext('2d', { willReadFrequently: true })?.drawImage(video, 0, 0, canvas.width, canvas.height);
    stills.set(track, canvas);
}
