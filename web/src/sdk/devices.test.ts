import { afterEach, expect, test, vi } from 'vitest';
import { AUDIO_PROCESSING_KEY, audioProcessing, deviceError, openCamera, openCameraAndMicrophone, openMicrophone } from './devices';
import { loudness } from './sound/levels';
import { fakeTrack } from './testing/fakeServer';

afterEach(() => vi.unstubAllGlobals());

function withDevices(getUserMedia: (constraints: MediaStreamConstraints) => Promise<unknown>): void {
    vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } });
}

test.each([
    ['NotAllowedError', 'denied', /Allow it/],
    ['NotFoundError', 'missing', /No camera was found/],
    ['OverconstrainedError', 'missing', /No camera was found/],
    ['NotReadableError', 'busy', /Another program/],
    ['SecurityError', 'insecure', /HTTPS/],
    ['SomethingElse', 'unknown', /Reload/],
])('says what %s means', async (name, kind, sentence) => {
    withDevices(() => Promise.reject(new DOMException('x', name)));
    await expect(openCamera()).rejects.toMatchObject({ kind, message: expect.stringMatching(sentence) });
});

test('says that the page must be secure where browsers hide the devices', async () => {
    vi.stubGlobal('navigator', {});
    await expect(openMicrophone()).rejects.toMatchObject({ kind: 'insecure' });
});

test('calls a cancelled share what it is', () => {
    expect(deviceError('screen', new DOMException('x', 'NotAllowedError')).message).toMatch(/not shared.*cancelled/);
});

test('asks for a microphone with processing, unless that is turned off for this browser', async () => {
    const asked: MediaStreamConstraints[] = [];
    withDevices(async (constraints) => {
        asked.push(constraints);
        return { getAudioTracks: () => [fakeTrack('audio')] };
    });
    await openMicrophone();
    const storage = new Map([[AUDIO_PROCESSING_KEY, 'off']]);
    vi.stubGlobal('localStorage', { getItem: (key: string) => storage.get(key) ?? null });
    expect(audioProcessing()).toBe(false);
    await openMicrophone({ deviceId: 'mic' });
    expect(asked[0]?.audio).toEqual({ echoCancellation: true, noiseSuppression: true, autoGainControl: true });
    expect(asked[1]?.audio).toEqual({
        echoCancellation: false,
        noiseSuppression: false,
        autoGainControl: false,
        deviceId: { exact: 'mic' },
    });
});

test('asks once for camera and microphone together', async () => {
    const [video, audio] = [fakeTrack('video'), fakeTrack('audio')];
    const ask = vi.fn(async () => ({ getVideoTracks: () => [video], getAudioTracks: () => [audio] }));
    withDevices(ask);
    const { camera, microphone } = openCameraAndMicrophone();
    expect(await Promise.all([camera, microphone])).toEqual([video, audio]);
    expect(ask).toHaveBeenCalledTimes(1);
});

test('gives the microphone where there is no camera', async () => {
    const audio = fakeTrack('audio');
    withDevices(async (constraints) => {
        if (constraints.video) throw new DOMException('x', 'NotFoundError');
        return { getAudioTracks: () => [audio] };
    });
    const { camera, microphone } = openCameraAndMicrophone();
    await expect(camera).rejects.toMatchObject({ kind: 'missing' });
    expect(await microphone).toBe(audio);
});

test('measures loudness in decibels', () => {
    expect(loudness(new Float32Array(64))).toBe(0);
    expect(loudness(new Float32Array(64).fill(1))).toBe(1);
    expect(loudness(new Float32Array(64).fill(0.0316))).toBeCloseTo(0.5, 2);
});
