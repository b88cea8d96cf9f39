import type { RoomSettings } from '../../sdk';
import { useT } from '../i18n';
import { SettingSwitch } from '../settings/SettingSwitch';
import { HandIcon, MicOffIcon } from '../ui/icons';
import type { Host } from './useHost';

interface Props {
    readonly settings: RoomSettings;
    readonly hands: number;
    readonly host: Host;
}

/** What a host may do about the room and about everybody at once. */
export function HostControls({ settings, hands, host }: Props) {
    const t = useT();
    return (
        <section className="host" aria-label={t('people.hostControls')} data-testid="host-controls">
            <SettingSwitch label={t('people.lobby')} hint={t('people.lobbyHint')} on={settings.lobby} testId="lobby-switch"
                onChange={host.setLobby} />
            <SettingSwitch label={t('people.lock')} hint={t('people.lockHint')} on={settings.locked} testId="lock-switch"
                onChange={host.setLocked} />
            <div className="host__row">
                <button type="button" className="button button--soft button--small" data-testid="mute-all" onClick={() => host.muteAll()}>
                    <MicOffIcon size={18} />{t('people.muteAll')}
                </button>
                {hands > 0 && (
                    <button type="button" className="button button--soft button--small" data-testid="lower-hands"
                        onClick={() => host.lowerHand()}>
                        <HandIcon size={18} />{t('people.lowerAll')}
                    </button>
                )}
            </div>
        </section>
    );
}
