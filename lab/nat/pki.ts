import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { temporaryFolder } from '../src/paths.ts';
import { run } from './shell.ts';

export interface Certificate {
    /** PEM: the certificate, then the one that signed it. */
    readonly chain: string;
    readonly key: string;
}

/** A certificate authority of the lab's own: a root that browsers are made to trust, and an intermediate one that signs. */
export class Authority {
    private store: Promise<string> | undefined;

    private constructor(private readonly folder: string) {}

    static async found(): Promise<Authority> {
        const authority = new Authority(temporaryFolder('pki'));
        const extensions = 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n';
        await authority.make('root', '/CN=Parley lab root', extensions);
        await authority.make('intermediate', '/CN=Parley lab intermediate', extensions, 'root');
        return authority;
    }

    get root(): string {
        return join(this.folder, 'root.pem');
    }

    /** A server's certificate for IP addresses and names, with a chain of two. */
    async issue(name: string, hosts: readonly string[]): Promise<Certificate> {
        const subject = hosts.map((host) => `${isIP(host) === 0 ? 'DNS' : 'IP'}:${host}`).join(',');
        await this.make(name, `/CN=${name}`, `subjectAltName=${subject}\nextendedKeyUsage=serverAuth\n`, 'intermediate');
        const chain = join(this.folder, `${name}.chain.pem`);
        writeFileSync(chain, [name, 'intermediate'].map((one) => readFileSync(this.path(one, 'pem'), 'utf8')).join(''));
        return { chain, key: this.path(name, 'key') };
    }

    /** A home folder in which Chromium trusts the root, by the same store as any certificate that an administrator adds. */
    async chromiumHome(): Promise<string> {
        const home = temporaryFolder('home');
        await this.trust(join(home, '.pki/nssdb'));
        return home;
    }

    /** Has a folder with NSS's certificate store in it, such as a Firefox profile, trust the root. */
    async trust(folder: string): Promise<void> {
        const store = await (this.store ??= this.makeStore());
        mkdirSync(folder, { recursive: true });
        for (const file of ['cert9.db', 'key4.db', 'pkcs11.txt']) copyFileSync(join(store, file), join(folder, file));
    }

    private async makeStore(): Promise<string> {
        const store = join(this.folder, 'store');
        mkdirSync(store);
        await run('certutil', ['-N', '-d', `sql:${store}`, '--empty-password']);
        await run('certutil', ['-A', '-d', `sql:${store}`, '-n', 'parley-lab', '-t', 'C,,', '-i', this.root]);
        return store;
    }

    private path(name: string, kind: 'pem' | 'key'): string {
        return join(this.folder, `${name}.${kind}`);
    }

    private async make(name: string, subject: string, extensions: string, signer?: string): Promise<void> {
        const request = join(this.folder, `${name}.request`);
        const file = join(this.folder, `${name}.extensions`);
        writeFileSync(file, extensions);
        const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', this.path(name, 'key')];
        await run('openssl', ['req', '-new', ...key, '-subj', subject, '-out', request]);
        const by =
            signer === undefined
                ? ['-signkey', this.path(name, 'key')]
                : ['-CA', this.path(signer, 'pem'), '-CAkey', this.path(signer, 'key'), '-CAcreateserial'];
        await run('openssl', ['x509', '-req', '-in', request, ...by, '-days', '30', '-extfile', file, '-out', this.path(name, 'pem')]);
    }
}
