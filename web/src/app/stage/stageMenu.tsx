import { VIEWS, type View } from '../lib/arrange';
import type { Translate } from '../i18n';
import type { Statistics } from '../quality/useStatistics';
import type { MenuItem } from '../ui/Menu';
import { AutoViewIcon, ChartIcon, FullScreenIcon, GridIcon, HideSelfIcon, PictureInPictureIcon, SpeakerViewIcon } from '../ui/stageIcons';
import type { FullScreen } from './useFullScreen';
import type { PictureInPicture } from './usePictureInPicture';
import type { StageView } from './useStageView';

const ICONS: Readonly<Record<View, MenuItem['icon']>> = {
    auto: <AutoViewIcon size={20} />,
    grid: <GridIcon size={20} />,
    speaker: <SpeakerViewIcon size={20} />,
};

interface Parts {
    readonly view: StageView;
    readonly fullScreen: FullScreen;
    readonly pip: PictureInPicture;
    readonly statistics: Pick<Statistics, 'open' | 'toggle'>;
}

/** What the room's menu has for the stage: the views, and what else one may do with it. */
export function stageMenu(t: Translate, { view, fullScreen, pip, statistics }: Parts): MenuItem[][] {
    const views = VIEWS.map((name): MenuItem => ({
        id: `view-${name}`,
        label: t(`stage.${name}`),
        icon: ICONS[name],
        checked: view.view === name,
        choice: true,
        onSelect: () => view.choose(name),
    }));
    const more: MenuItem[] = [{
        id: 'hide-self',
        label: t('stage.hideSelf'),
        icon: <HideSelfIcon size={20} />,
        checked: view.selfHidden,
        onSelect: () => view.hideSelf(!view.selfHidden),
    }];
    if (fullScreen.supported) {
        more.push({ id: 'full-screen', label: t('stage.fullScreen'), icon: <FullScreenIcon size={20} />, shortcut: 'f', checked: fullScreen.on,
            onSelect: () => fullScreen.toggle() });
    }
    if (pip.supported) {
        more.push({ id: 'pip', label: t('stage.pip'), icon: <PictureInPictureIcon size={20} />, checked: pip.on, onSelect: () => pip.toggle() });
    }
    more.push({ id: 'stats', label: t('stage.stats'), icon: <ChartIcon size={20} />, shortcut: 'i', checked: statistics.open,
        onSelect: statistics.toggle });
    return [views, more];
}

/** The view after this one, for a key that goes through them. */
export function nextView(view: View): View {
    return VIEWS[(VIEWS.indexOf(view) + 1) % VIEWS.length] ?? 'auto';
}
