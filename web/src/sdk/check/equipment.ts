import { DeviceError, openCamera, openMicrophone } from '../devices';
import { codecs } from '../engine';
import type { CheckLine } from './report';

/** Opens the device for a moment; the browser may ask the person first. */
export async function checkDevice(id: 'camera' | 'microphone'): Promise<CheckLine> {
    const began = performance.now();
    try {
        const track = await (id === 'camera' ? openCamera() : openMicrophone());
        const { label } = track;
        track.stop();
        return { id, status: 'passed', milliseconds: Math.round(performance.now() - began), ...(label !== '' && { detail: label }) };
    } catch (error) {
        const kind = error instanceof DeviceError ? error.kind : 'unknown';
        return { id, status: 'failed', reason: `device/${kind}` };
    }
}

/** Whether the person will be asked before the device can be opened; false where the browser does not tell. */
export async function willAsk(id: 'camera' | 'microphone'): Promise<boolean> {
    try {
        const { state } = await navigator.permissions.query({ name: id as PermissionName });
        return state === 'prompt';
    } catch {
        return false;
    }
}

/** What every server of this kind forwards: Opus, and one of these pictures. */
const PICTURES = ['VP8', 'VP9', 'H264', 'AV1'];

export function checkCodecs(): CheckLine {
    if (typeof globalThis.RTCPeerConnection !== 'function') return { id: 'codecs', status: 'failed', reason: 'webrtc/missing' };
    const { audio, video } = codecs();
    const detail = [...audio, ...video].join(', ');
    const has = (list: readonly string[], name: string): boolean => list.some((one) => one.toLowerCase() === name.toLowerCase());
    return has(audio, 'opus') && PICTURES.some((name) => has(video, name))
        ? { id: 'codecs', status: 'passed', detail }
        : { id: 'codecs', status: 'failed', reason: 'codecs/missing', detail };
}
