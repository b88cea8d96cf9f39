import { asParleyError, ParleyError } from './errors';
import type { ChatMessage, FileRules } from './messages';
import type { Signalling } from './signalling';
import type { MeetingStore } from './store';
import type { Upload, UploadOptions } from './upload';

export interface ChatOptions {
    /** The one participant who shall see it; without it everybody does. */
    readonly to?: string;
}

export interface FileOptions extends ChatOptions, UploadOptions {
    /** Default: the file's own name. */
    readonly name?: string;
    /** What to say with it. */
    readonly text?: string;
}

export interface ChatHooks {
    arrived(message: ChatMessage): void;
    requireOpen(): void;
}

/** The chat: what was said, and saying something exactly once however often the connection drops. */
export class Chat {
    private rules: FileRules = { limit: 0, token: '' };

    constructor(
        private readonly signalling: Signalling,
        private readonly store: MeetingStore,
        private readonly upload: Upload,
        /** Where the paths of files begin, with a slash at the end; empty: paths stay as they are. */
        private readonly base: string,
        private readonly hooks: ChatHooks,
    ) {}

    applyRoom(rules: FileRules, history: readonly ChatMessage[]): void {
        this.rules = rules;
        this.store.setFileLimit(rules.limit);
        for (const message of history) this.arrived(message);
    }

    arrived(message: ChatMessage): void {
        const { file } = message;
        const shown = file ? { ...message, file: { ...file, url: this.absolute(file.url) } } : message;
        if (this.store.addChat(shown)) this.hooks.arrived(shown);
    }

    /** Resolves when the server has accepted it. */
    async send(text: string, { to }: ChatOptions): Promise<ChatMessage> {
        return this.post({ text, ...(to === undefined ? {} : { to }) });
    }

    async sendFile(file: Blob, options: FileOptions): Promise<ChatMessage> {
        this.hooks.requireOpen();
        const { limit } = this.rules;
        if (limit === 0) throw new ParleyError('file/not-allowed', 'This server does not take files.');
        if (file.size > limit) throw new ParleyError('file/too-large', `The file is too large: ${megabytes(limit)} at most.`);
        const name = options.name ?? ((file as Partial<File>).name || 'file');
        const fileId = await this.upload(this.rules.token, file, name, options);
        const { text = '', to } = options;
        return this.post({ text, fileId, ...(to === undefined ? {} : { to }) });
    }

    /** Sent with the same id until the server has answered: it knows a message that it has already. */
    private async post(what: { text: string; to?: string; fileId?: string }): Promise<ChatMessage> {
        const id = crypto.randomUUID();
        for (;;) {
            this.hooks.requireOpen();
            try {
                // After a lost seat the history tells whether it had arrived.
                const { seq, time, toName, file } = await this.signalling.request(
                    'chat',
                    { id, ...what },
                    { known: () => this.find(id) },
                );
                const known = this.find(id);
                if (known) return known;
                const { self } = this.store.get();
                this.arrived({
                    ...{ seq, id, participantId: self.id, name: self.name, text: what.text, time },
                    ...(what.to === undefined ? {} : { to: what.to, ...(toName === undefined ? {} : { toName }) }),
                    ...(file && { file }),
                });
                return this.find(id)!;
            } catch (error) {
                const { code } = asParleyError(error, 'server/internal');
                if (code !== 'signalling/disconnected' && code !== 'signalling/timeout') throw error;
            }
        }
    }

    private find(id: string): ChatMessage | undefined {
        return this.store.get().chat.findLast((message) => message.id === id);
    }

    private absolute(path: string): string {
        return this.base === '' ? path : new URL(path, this.base).href;
    }
}

function megabytes(bytes: number): string {
    return `${(bytes / 1_000_000).toLocaleString('en', { maximumFractionDigits: 1 })} MB`;
}
