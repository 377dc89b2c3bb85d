# Completion of ekscc command lines for fish. File names are completed besides.

function __ekscc
    set -l line (commandline --tokenize --cut-at-cursor --current-process)
    set -l word (commandline --current-token)
    if string match --quiet -- '-*' $word
        set --append line $word
    end
    command $line --generate-bash-completion 2>/dev/null
end

complete --command ekscc --arguments '(__ekscc)'
