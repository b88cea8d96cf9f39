import { useState } from 'react';
import { useT } from '../i18n';
import { ConfirmDialog } from '../ui/ConfirmDialog';

interface Props {
    readonly name: string;
    readonly onRemove: (block: boolean) => void;
    readonly onCancel: () => void;
}

export function RemoveDialog({ name, onRemove, onCancel }: Props) {
    const t = useT();
    const [block, setBlock] = useState(false);
    return (
        <ConfirmDialog title={t('people.removeTitle', { name })} text={t('people.removeText')} action={t('people.removeAction')}
            onConfirm={() => onRemove(block)} onCancel={onCancel}>
            <label className="check">
                <input type="checkbox" checked={block} data-testid="remove-block" onChange={(event) => setBlock(event.target.checked)} />
                {t('people.removeBlock')}
            </label>
        </ConfirmDialog>
    );
}
