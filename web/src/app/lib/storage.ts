/** Web storage that never throws: private windows and blocked storage simply remember nothing. */
function read(storage: () => Storage, key: string): string | undefined {
    try {
        return storage().getItem(key) ?? undefined;
    } catch {
        return undefined;
    }
}

function write(storage: () => Storage, key: string, value: string | undefined): void {
    try {
        if (value === undefined) {
            storage().removeItem(key);
        } else {
            storage().setItem(key, value);
        }
    } catch {
        // Nothing depends on it being remembered.
    }
}

const local = (): Storage => window.localStorage;
const session = (): Storage => window.sessionStorage;

export type DevicePreference = 'cameraId' | 'microphoneId' | 'speakerId' | 'cameraOn' | 'microphoneOn' | 'audioProcessing'
    | 'echoCancellation' | 'noiseSuppression' | 'autoGainControl' | 'blur' | 'pushToTalk';

export const preferences = {
    name: (): string => read(local, 'parley.name') ?? '',
    rememberName: (name: string): void => write(local, 'parley.name', name),
    language: (): string | undefined => read(local, 'parley.language'),
    rememberLanguage: (language: string): void => write(local, 'parley.language', language),
    theme: (): string | undefined => read(local, 'parley.theme'),
    rememberTheme: (theme: string): void => write(local, 'parley.theme', theme),
    /** Single keys as shortcuts; on unless switched off. */
    shortcuts: (): boolean => read(local, 'parley.shortcuts') !== 'off',
    rememberShortcuts: (on: boolean): void => write(local, 'parley.shortcuts', on ? undefined : 'off'),
    view: (): string | undefined => read(local, 'parley.view'),
    rememberView: (view: string): void => write(local, 'parley.view', view),
    selfHidden: (): boolean => read(local, 'parley.selfHidden') === 'on',
    rememberSelfHidden: (hidden: boolean): void => write(local, 'parley.selfHidden', hidden ? 'on' : undefined),
    device: (key: DevicePreference): string | undefined => read(local, `parley.${key}`),
    rememberDevice: (key: DevicePreference, value: string | undefined): void => write(local, `parley.${key}`, value),
};

/** What makes one the host of a room that was created in this tab, or whose host link was opened in it. */
export const hostTokens = {
    of: (roomId: string): string | undefined => read(session, `parley.host.${roomId}`),
    remember: (roomId: string, token: string): void => write(session, `parley.host.${roomId}`, token),
};

/** The code of a room that was just created here travels to the meeting page in this tab only, never in a URL's query. */
export const roomCodes = {
    of: (roomId: string): string | undefined => read(session, `parley.code.${roomId}`),
    remember: (roomId: string, code: string): void => write(session, `parley.code.${roomId}`, code),
};
