# Completion of ekscc command lines for bash.

_ekscc() {
	local word=${COMP_WORDS[COMP_CWORD]} line=("${COMP_WORDS[@]:0:COMP_CWORD}")
	[[ $word == -* ]] && line+=("$word")
	# No suggestion has a blank in it.
	COMPREPLY=($(compgen -W "$("${line[@]}" --generate-bash-completion 2>/dev/null)" -- "$word"))
}

# Without a suggestion of ekscc's, file names are completed.
complete -o bashdefault -o default -F _ekscc ekscc
