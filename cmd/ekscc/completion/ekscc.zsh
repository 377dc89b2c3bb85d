#compdef ekscc

# Completion of ekscc command lines for zsh.

_ekscc() {
	local -a line suggestions
	line=("${(@)words[1,CURRENT-1]}")
	[[ ${words[CURRENT]} == -* ]] && line+=("${words[CURRENT]}")
	suggestions=("${(@f)$("${line[@]}" --generate-bash-completion 2>/dev/null)}")
	if [[ -n ${suggestions[1]} ]]; then
		compadd -a suggestions
	else
		_files
	fi
}

# As a file in fpath, this is the function's first call; sourced, it is not.
if [[ ${funcstack[1]} == _ekscc ]]; then
	_ekscc "$@"
else
	compdef _ekscc ekscc
fi
