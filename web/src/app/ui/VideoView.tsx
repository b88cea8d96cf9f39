import { useEffect, useRef, useState } from 'react';

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
    const [upright, setUpright] = useState(false);

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

    const classes = ['video', whole && 'video--whole', mirrored && 'video--mirrored', upright && 'video--upright'];
    return (
        <video ref={element} className={classes.filter(Boolean).join(' ')} muted playsInline autoPlay disablePictureInPicture
            onResize={({ currentTarget: { videoWidth, videoHeight } }) => {
                setUpright(videoHeight > videoWidth);
                if (videoWidth > 0 && videoHeight > 0) {
                    onRatio?.(videoWidth / videoHeight);
                }
            }} />
    );
}
