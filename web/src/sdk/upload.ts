import { ParleyError, type ParleyErrorCode } from './errors';

export interface UploadOptions {
    /** Called while the file goes out, with 0 … 1. */
    readonly onProgress?: (done: number) => void;
    readonly signal?: AbortSignal;
}

/** Brings a file to the server and gives its id. */
export type Upload = (token: string, file: Blob, name: string, options: UploadOptions) => Promise<string>;

/** Uploads to `<base>/files`; `base` ends with a slash. fetch() cannot tell how far it has come, so this is an XMLHttpRequest. */
export function uploadTo(base: string): Upload {
    return (token, file, name, { onProgress, signal }) =>
        new Promise((resolve, reject) => {
            const request = new XMLHttpRequest();
            const abort = (): void => request.abort();
            const settle = (how: () => void): void => {
                signal?.removeEventListener('abort', abort);
                how();
            };
            request.open('POST', `${base}files?name=${encodeURIComponent(name)}`);
            request.setRequestHeader('Authorization', `Bearer ${token}`);
            request.setRequestHeader('Content-Type', file.type || 'application/octet-stream');
            request.responseType = 'text';
            request.upload.onprogress = ({ loaded, total }) => onProgress?.(total === 0 ? 0 : loaded / total);
            request.onload = () => settle(() => answered(request.responseText, resolve, reject));
            request.onerror = () => settle(() => reject(interrupted()));
            request.onabort = () => settle(() => reject(new ParleyError('cancelled', 'Sending the file was cancelled.')));
            signal?.addEventListener('abort', abort, { once: true });
            request.send(file);
            if (signal?.aborted) abort();
        });
}

function answered(text: string, resolve: (fileId: string) => void, reject: (error: ParleyError) => void): void {
    let answer: { ok?: boolean; fileId?: string; code?: string; message?: string } = {};
    try {
        answer = JSON.parse(text) as typeof answer;
    } catch {
        // Answered below: something between us and the server spoke.
    }
    if (answer.ok === true && typeof answer.fileId === 'string') resolve(answer.fileId);
    else if (answer.code) reject(new ParleyError(answer.code as ParleyErrorCode, answer.message ?? 'The file was refused.'));
    else reject(interrupted());
}

function interrupted(): ParleyError {
    return new ParleyError('signalling/disconnected', 'The file could not be sent: the connection broke. Try again.');
}
