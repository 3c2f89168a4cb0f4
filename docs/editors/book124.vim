" book124.vim — colours for book124's policies, forms, instruments and words files in vim.
" Put it into ~/.vim/syntax/ and this line into ~/.vim/filetype.vim or vimrc:
"   autocmd BufNewFile,BufRead *.policy,*.form,*.instrument,*.words set filetype=book124
if exists('b:current_syntax')
  finish
endif
syntax case match
setlocal iskeyword=@,48-57,-,_,.
setlocal commentstring=#\ %s

syntax match   book124Comment   /\(^\|\s\)#.*$/ contains=@Spell
syntax region  book124String    start=/"/ skip=/\\"/ end=/"/ oneline contains=@Spell
syntax region  book124Pattern   start=/\s\@<=\/\S\@=/ skip=/\\\// end=/\/i\?/ oneline
syntax match   book124Time      /\<\d\{4}-\d\d-\d\d\>\|\<\d\d:\d\d\(:\d\d\)\?\>/
syntax match   book124Number    /\<\d\+\>/

" what begins at the margin
syntax match   book124Statement /^\(policy\|duty\|task\|gate\|alert\|checklist\|words\|use\|rules\|condition\|moment\|value\|ignore\|factors\|vocabulary\|reference\|number\|bank holidays\|all duties\|minutes\|high harm\|hold\|shifts\|form\|choices\|section\|instrument\|group\|factor\)\>/
syntax match   book124Statement /^\(offences\|units\|relationships\|events\|reviews\|flags\|referrals\|grades\|notices\|stages\|answers\|outcomes\|systems\)\>/
" what begins a clause
syntax match   book124Clause    /^\s\+\(cite\|owner\|any case\|when\|while\|for each\|from\|opens\|due\|every\|done\|says\|because\|minutes\|off by default\|stops\|unless\|example\|pattern\|matches\|not\|help\|entry\|group\)\>/
syntax match   book124Expect    /^\s\+at\>.*\<expect\>/ contains=book124Time
syntax keyword book124Joint     and or not no is in with without later earlier first latest became after of by if else same
syntax keyword book124State     waiting open overdue done late void missed shut unknown alert asked
syntax keyword book124Role      response-pc response-ps ibos cmu ppd csu-io csu-ds csu-di dci marac-coordinator dps

highlight default link book124Comment   Comment
highlight default link book124String    String
highlight default link book124Pattern   Special
highlight default link book124Time      Constant
highlight default link book124Number    Number
highlight default link book124Statement Statement
highlight default link book124Clause    Type
highlight default link book124Expect    PreProc
highlight default link book124Joint     Operator
highlight default link book124State     Constant
highlight default link book124Role      Identifier

let b:current_syntax = 'book124'
