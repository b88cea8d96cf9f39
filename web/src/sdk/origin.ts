/** Of tracks that are made in the page: the track that each is made of now. Whoever ended that would end the other too. */
const origins = new WeakMap<MediaStreamTrack, MediaStreamTrack>();

export function setOrigin(track: MediaStreamTrack, origin: MediaStreamTrack): void {
    origins.set(track, origin);
}

export function isMadeOf(track: MediaStreamTrack, other: MediaStreamTrack): boolean {
    return origins.get(track) === other;
}
