import { useCallback, useEffect, useMemo, useRef, useState } from 'react';

/** The window of https://wicg.github.io/document-picture-in-picture, which TypeScript does not know yet. */
interface DocumentPictureInPicture {
    requestWindow(options: { width: number; height: number }): Promise<Window>;
}

export interface PictureInPicture {
    readonly supported: boolean;
    readonly on: boolean;
    /** The small window's document where the browser has one that the page can fill; else the browser shows the bare video. */
    readonly body: HTMLElement | undefined;
    /** The key of the tile that was asked for; undefined follows the conversation. */
    readonly wanted: string | undefined;
    readonly toggle: (key?: string) => void;
}

const SIZE = { width: 420, height: 236 };

/**
 * A small window over everything else, with the tile that was asked for or whoever speaks.
 *
 * @param track what is to be seen in it, as long as it is open
 * @param onFailed called when the browser refuses
 */
export function usePictureInPicture(track: (wanted: string | undefined) => MediaStreamTrack | undefined, onFailed: () => void): PictureInPicture {
    const [wanted, setWanted] = useState<string>();
    const [small, setSmall] = useState<Window>();
    const [bare, setBare] = useState(false);
    const video = useRef<HTMLVideoElement>(null);
    const shown = track(wanted);

    // The bare video follows what is to be seen.
    useEffect(() => {
        if (bare && video.current !== null) {
            show(video.current, shown);
        }
    }, [bare, shown]);
    useEffect(() => () => small?.close(), [small]);
    useEffect(() => () => {
        if (video.current !== null && document.pictureInPictureElement === video.current) {
            void document.exitPictureInPicture().catch(() => undefined);
        }
    }, []);

    const openBare = useCallback(async (first: MediaStreamTrack | undefined) => {
        const element = video.current ??= document.createElement('video');
        element.muted = true;
        element.onleavepictureinpicture = () => setBare(false);
        show(element, first);
        await loaded(element);
        await element.requestPictureInPicture();
        setBare(true);
    }, []);
    const openDocument = useCallback(async (documentPip: DocumentPictureInPicture) => {
        const opened = await documentPip.requestWindow(SIZE);
        copyLook(opened.document);
        opened.addEventListener('pagehide', () => setSmall(undefined));
        setSmall(opened);
    }, []);

    const on = small !== undefined || bare;
    const current = useRef({ on, wanted, track });
    useEffect(() => {
        current.current = { on, wanted, track };
    });
    const toggle = useCallback((key?: string) => {
        const { on, wanted, track } = current.current;
        setWanted(key);
        if (on && key === wanted) {
            setSmall(undefined);
            void document.exitPictureInPicture?.().catch(() => undefined);
        } else if (!on) {
            const documentPip = documentPictureInPicture();
            (documentPip ? openDocument(documentPip) : openBare(track(key))).catch(onFailed);
        }
    }, [openBare, openDocument, onFailed]);

    const supported = documentPictureInPicture() !== undefined || document.pictureInPictureEnabled === true;
    return useMemo(() => ({ supported, on, body: small?.document.body, wanted, toggle }), [supported, on, small, wanted, toggle]);
}

function documentPictureInPicture(): DocumentPictureInPicture | undefined {
    return (window as { documentPictureInPicture?: DocumentPictureInPicture }).documentPictureInPicture;
}

function show(video: HTMLVideoElement, track: MediaStreamTrack | undefined): void {
    video.srcObject = track === undefined ? null : new MediaStream([track]);
    void video.play().catch(() => undefined);
}

/** A video may float only once it knows its size. */
function loaded(video: HTMLVideoElement): Promise<void> {
    return new Promise((resolve, reject) => {
        if (video.readyState >= HTMLMediaElement.HAVE_METADATA) {
            resolve();
            return;
        }
        const late = setTimeout(() => reject(new Error('no picture')), 3_000);
        video.addEventListener('loadedmetadata', () => {
            clearTimeout(late);
            resolve();
        }, { once: true });
    });
}

/** The same styles, colours and language as this page. */
function copyLook(to: Document): void {
    for (const sheet of document.querySelectorAll('link[rel=stylesheet], style')) {
        to.head.append(to.importNode(sheet, true));
    }
    Object.assign(to.documentElement.dataset, document.documentElement.dataset);
    to.documentElement.lang = document.documentElement.lang;
    to.title = document.title;
}
