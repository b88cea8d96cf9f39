import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useStill } from './useStill';

interface Props {
    readonly track: MediaStreamTrack;
    readonly mirrored?: boolean;
    /** People fill their tile; a screen is never cropped. */
    readonly whole?: boolean;
    /** Told the picture's width / height, at first and whenever it changes. */
    readonly onRatio?: ((ratio: number) => void) | undefined;
}

/** One picture without sound; sound has its own elements. */
export function VideoView({ track, mirrored = false, whole = false, onRatio }: Props) {
    const element = useRef<HTMLVideoElement>(null);
    const still = useStill(element, track);
    const [upright, setUpright] = useState(still !== undefined && still.height > still.width);

    useEffect(() => {
        const video = element.current;
        if (video === null) {
            return undefined;
        }
        video.srcObject = new MediaStream([track]);
        // A muted picture may always play; a rejection only means that the element was removed meanwhile.
        void video.play().catch(() => undefined);
        return () => {
            video.srcObject = null;
        };
    }, [track]);

    const classes = ['video', whole && 'video--whole', mirrored && 'video--mirrored', upright && 'video--upright'].filter(Boolean).join(' ');
    return (
        <>
            <video ref={element} className={classes} muted playsInline autoPlay disablePictureInPicture
                onResize={({ currentTarget: { videoWidth, videoHeight } }) => {
                    setUpright(videoHeight > videoWidth);
                    if (videoWidth > 0 && videoHeight > 0) {
                        onRatio?.(videoWidth / videoHeight);
                    }
                }} />
            {still !== undefined && <Still picture={still} className={classes} />}
        </>
    );
}

function Still({ picture, className }: { readonly picture: HTMLCanvasElement; readonly className: string }) {
    const frame = useRef<HTMLDivElement>(null);
    useLayoutEffect(() => {
        picture.className = className;
        frame.current?.append(picture);
    }, [picture, className]);
    return <div ref={frame} className="still" aria-hidden="true" />;
}
