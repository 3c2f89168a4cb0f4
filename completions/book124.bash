# bash completion of book124, printed by: book124 completion bash
_book124()
{
	local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} words='' own='' files='' i takes=
	COMPREPLY=()
	case $before in
	--store) compopt -o dirnames; return ;;
	--as) :; return ;;
	--now) :; return ;;
	--format) mapfile -t COMPREPLY < <(compgen -W 'table csv json' -- "$word"); return ;;
	--lock-after) :; return ;;
	--cases) :; return ;;
	--seed) :; return ;;
	--borough) :; return ;;
	--role) mapfile -t COMPREPLY < <(compgen -W 'response-pc response-ps ibos cmu ppd csu-io csu-ds csu-di dci marac-coordinator dps auditor keeper' -- "$word"); return ;;
	--case) :; return ;;
	--output) compopt -o default; return ;;
	--state) mapfile -t COMPREPLY < <(compgen -W 'waiting open overdue done late void missed' -- "$word"); return ;;
	--ahead) :; return ;;
	--tab) mapfile -t COMPREPLY < <(compgen -W 'overdue today week waiting all held' -- "$word"); return ;;
	--grade) mapfile -t COMPREPLY < <(compgen -W 'standard medium high' -- "$word"); return ;;
	--duty) :; return ;;
	--limit) :; return ;;
	--cycle) :; return ;;
	--protects) :; return ;;
	--expires) :; return ;;
	--served) :; return ;;
	--court) :; return ;;
	--number) :; return ;;
	--terms) :; return ;;
	--at) :; return ;;
	--condition) :; return ;;
	--until) :; return ;;
	--with) :; return ;;
	--override) :; return ;;
	--purpose) mapfile -t COMPREPLY < <(compgen -W 'update safety statement visit letter court referral check' -- "$word"); return ;;
	--serial) :; return ;;
	--revision) :; return ;;
	--holder) :; return ;;
	--index) :; return ;;
	--from) :; return ;;
	--to) :; return ;;
	--meeting) :; return ;;
	--team) :; return ;;
	--count) :; return ;;
	--cris) compopt -o default; return ;;
	--merlin) compopt -o default; return ;;
	--subject) :; return ;;
	--minutes) :; return ;;
	--basis) mapfile -t COMPREPLY < <(compgen -W 'consent vital-interests children crime court' -- "$word"); return ;;
	--grounds) :; return ;;
	--set-by) mapfile -t COMPREPLY < <(compgen -W 'plan marac dmm review roundup other' -- "$word"); return ;;
	--approach) mapfile -t COMPREPLY < <(compgen -W 'remove avoid reduce accept' -- "$word"); return ;;
	--owner) mapfile -t COMPREPLY < <(compgen -W 'response-pc response-ps ibos cmu ppd csu-io csu-ds csu-di dci marac-coordinator dps' -- "$word"); return ;;
	--who) :; return ;;
	--due) :; return ;;
	--rationale) :; return ;;
	--review) :; return ;;
	--agencies) :; return ;;
	--copies) :; return ;;
	--leave) :; return ;;
	--strength) :; return ;;
	--minutes-a-day) :; return ;;
	--by) mapfile -t COMPREPLY < <(compgen -W 'late day' -- "$word"); return ;;
	--anchor) compopt -o default; return ;;
	--who) :; return ;;
	--kind) mapfile -t COMPREPLY < <(compgen -W 'collect alter consult disclose combine erase sign-in sign-out denied care' -- "$word"); return ;;
	--key) compopt -o default; return ;;
	--dir) compopt -o dirnames; return ;;
	--every) :; return ;;
	--secret) compopt -o default; return ;;
	esac
	for ((i = 1; i < COMP_CWORD; i++)); do
		if [ -n "$takes" ]; then takes=; continue; fi
		case ${COMP_WORDS[i]} in
		--store|--as|--now|--format|--lock-after|--cases|--seed|--borough|--role|--case|--output|--state|--ahead|--tab|--grade|--duty|--limit|--cycle|--protects|--expires|--served|--court|--number|--terms|--at|--condition|--until|--with|--override|--purpose|--serial|--revision|--holder|--index|--from|--to|--meeting|--team|--count|--cris|--merlin|--subject|--minutes|--basis|--grounds|--set-by|--approach|--owner|--who|--due|--rationale|--review|--agencies|--copies|--leave|--strength|--minutes-a-day|--by|--anchor|--who|--kind|--key|--dir|--every|--secret) takes=1 ;;
		-*) ;;
		*) words="${words:+$words }${COMP_WORDS[i]}" ;;
		esac
	done
	case $words in
	'init'|'init '*) own=' --training --cases --seed --borough' ;;
	'training'|'training '*) own=' --cases --seed --borough' ;;
	'officer add'|'officer add '*) own=' --role' ;;
	'officer list'|'officer list '*) own='' ;;
	'officer suspend'|'officer suspend '*) own=' --undo' ;;
	'officer password'|'officer password '*) own='' ;;
	'officer role'|'officer role '*) own=' --role' ;;
	'import cases'|'import cases '*) own=' --dry-run --lenient'; files=1 ;;
	'import cad'|'import cad '*) own=' --dry-run'; files=1 ;;
	'export cases'|'export cases '*) own=' --case --output' ;;
	'duties'|'duties '*) own=' --case --role --state --ahead' ;;
	'queue'|'queue '*) own=' --role --tab --grade --duty --limit --places --ahead' ;;
	'watchdog'|'watchdog '*) own='' ;;
	'why'|'why '*) own=' --cycle --ahead' ;;
	'why-not'|'why-not '*) own=' --cycle --ahead' ;;
	'case show'|'case show '*) own='' ;;
	'case search'|'case search '*) own=' --limit' ;;
	'case since'|'case since '*) own='' ;;
	'case counter'|'case counter '*) own='' ;;
	'order list'|'order list '*) own='' ;;
	'order add'|'order add '*) own=' --protects --expires --served --court --number --terms --at' ;;
	'order served'|'order served '*) own=' --at' ;;
	'order considered'|'order considered '*) own=' --at' ;;
	'order end'|'order end '*) own=' --at' ;;
	'order extend'|'order extend '*) own='' ;;
	'order breach'|'order breach '*) own=' --offence --arrest --at' ;;
	'bail list'|'bail list '*) own='' ;;
	'bail add'|'bail add '*) own=' --condition --until --terms --at' ;;
	'bail end'|'bail end '*) own=' --at' ;;
	'bail extend'|'bail extend '*) own='' ;;
	'bail breach'|'bail breach '*) own=' --offence --arrest --at' ;;
	'contact list'|'contact list '*) own='' ;;
	'contact add'|'contact add '*) own=' --with --override --at' ;;
	'contact ways'|'contact ways '*) own='' ;;
	'contact open'|'contact open '*) own=' --purpose --override --confirmed' ;;
	'contact confirm'|'contact confirm '*) own='' ;;
	'book show'|'book show '*) own=' --serial --revision --purpose' ;;
	'book print'|'book print '*) own=' --serial --revision --sheet --redacted --purpose --pdf --output' ;;
	'book list'|'book list '*) own=' --state --serial --holder --index --limit' ;;
	'book move'|'book move '*) own=' --serial' ;;
	'book index'|'book index '*) own=' --serial' ;;
	'risk show'|'risk show '*) own='' ;;
	'risk compare'|'risk compare '*) own='' ;;
	'risk drift'|'risk drift '*) own=' --from --to' ;;
	'dmm list'|'dmm list '*) own='' ;;
	'dmm meetings'|'dmm meetings '*) own=' --limit' ;;
	'dmm sheet'|'dmm sheet '*) own=' --meeting --pdf --output' ;;
	'dmm'|'dmm '*) own='' ;;
	'roundup'|'roundup '*) own=' --limit --sheet --pdf --output' ;;
	'qa draw'|'qa draw '*) own=' --from --to --team --count --seed' ;;
	'qa list'|'qa list '*) own=' --limit' ;;
	'qa show'|'qa show '*) own='' ;;
	'qa results'|'qa results '*) own=' --from --to' ;;
	'case add'|'case add '*) own='' ;;
	'case say'|'case say '*) own='' ;;
	'owner offer'|'owner offer '*) own='' ;;
	'owner accept'|'owner accept '*) own='' ;;
	'owner refuse'|'owner refuse '*) own='' ;;
	'owner recall'|'owner recall '*) own='' ;;
	'reconcile'|'reconcile '*) own=' --cris --merlin --from --to' ;;
	'access restrict'|'access restrict '*) own=' --subject' ;;
	'access show'|'access show '*) own='' ;;
	'access grant'|'access grant '*) own='' ;;
	'access revoke'|'access revoke '*) own='' ;;
	'access subject'|'access subject '*) own='' ;;
	'access propose'|'access propose '*) own='' ;;
	'access withdraw'|'access withdraw '*) own='' ;;
	'access confirm'|'access confirm '*) own='' ;;
	'access glass'|'access glass '*) own=' --minutes' ;;
	'access glasses'|'access glasses '*) own='' ;;
	'access review'|'access review '*) own='' ;;
	'access matches'|'access matches '*) own=' --limit' ;;
	'alert list'|'alert list '*) own=' --case --role --limit' ;;
	'alert answer'|'alert answer '*) own=' --acted --dismissed' ;;
	'alert budget'|'alert budget '*) own=' --from --to' ;;
	'gate'|'gate '*) own='' ;;
	'referral list'|'referral list '*) own='' ;;
	'referral offer'|'referral offer '*) own='' ;;
	'referral answer'|'referral answer '*) own='' ;;
	'referral send'|'referral send '*) own=' --basis --grounds --restricted' ;;
	'referral skip'|'referral skip '*) own='' ;;
	'referral accept'|'referral accept '*) own='' ;;
	'referral decline'|'referral decline '*) own='' ;;
	'referral close'|'referral close '*) own='' ;;
	'referral gaps'|'referral gaps '*) own=' --from --to' ;;
	'report referrals'|'report referrals '*) own=' --from --to' ;;
	'task list'|'task list '*) own=' --case --open' ;;
	'task add'|'task add '*) own=' --case --set-by --approach --owner --who --due --rationale --review' ;;
	'task done'|'task done '*) own=' --case' ;;
	'task approve'|'task approve '*) own=' --case' ;;
	'handover show'|'handover show '*) own=' --until --sheet --pdf --output' ;;
	'handover give'|'handover give '*) own=' --until' ;;
	'handover take'|'handover take '*) own='' ;;
	'hold add'|'hold add '*) own=' --until' ;;
	'hold end'|'hold end '*) own='' ;;
	'marac agenda'|'marac agenda '*) own=' --meeting --restricted' ;;
	'marac list'|'marac list '*) own=' --restricted --agencies' ;;
	'marac hear'|'marac hear '*) own='' ;;
	'marac action'|'marac action '*) own='' ;;
	'marac actions'|'marac actions '*) own=' --meeting --open' ;;
	'marac grounds'|'marac grounds '*) own='' ;;
	'marac form'|'marac form '*) own=' --pdf --output' ;;
	'marac pack'|'marac pack '*) own=' --meeting --restricted --copies --pdf --output' ;;
	'brief'|'brief '*) own=' --ahead' ;;
	'forecast'|'forecast '*) own=' --until --leave --strength --minutes-a-day --minutes --by' ;;
	'policy check'|'policy check '*) own=' --coverage'; files=1 ;;
	'policy show'|'policy show '*) own='' ;;
	'policy diff'|'policy diff '*) own=''; files=1 ;;
	'policy backtest'|'policy backtest '*) own=' --from --to --by'; files=1 ;;
	'policy list'|'policy list '*) own='' ;;
	'policy propose'|'policy propose '*) own=''; files=1 ;;
	'policy activate'|'policy activate '*) own='' ;;
	'policy withdraw'|'policy withdraw '*) own='' ;;
	'form check'|'form check '*) own=''; files=1 ;;
	'form show'|'form show '*) own='' ;;
	'form activate'|'form activate '*) own=''; files=1 ;;
	'instrument check'|'instrument check '*) own=''; files=1 ;;
	'instrument show'|'instrument show '*) own='' ;;
	'instrument activate'|'instrument activate '*) own=''; files=1 ;;
	'audit verify'|'audit verify '*) own=' --anchor'; files=1 ;;
	'audit list'|'audit list '*) own=' --from --to --case --who --kind --newest --limit' ;;
	'audit who-looked'|'audit who-looked '*) own=' --from --to --who --kind --newest --limit' ;;
	'audit restricted'|'audit restricted '*) own=' --from --to --who --kind --newest --limit' ;;
	'audit my-record'|'audit my-record '*) own=' --from --to --kind --newest --limit' ;;
	'audit seal'|'audit seal '*) own=' --output' ;;
	'backup keygen'|'backup keygen '*) own='' ;;
	'backup make'|'backup make '*) own=' --key --dir --output --every --thin' ;;
	'backup check'|'backup check '*) own=' --secret'; files=1 ;;
	'restore'|'restore '*) own=' --secret'; files=1 ;;
	'rebuild'|'rebuild '*) own=' --thorough' ;;
	'doctor'|'doctor '*) own=' --thorough' ;;
	'completion'|'completion '*) own='' ;;
	'help'|'help '*) own='' ;;
	*) own='' ;;
	esac
	if [ "${word:0:1}" = - ]; then
		mapfile -t COMPREPLY < <(compgen -W "$own --store --as --now --format --ascii --lock-after --help --version" -- "$word")
		return
	fi
	set --
	case $words in
	'') set -- init training officer import export duties queue watchdog why why-not case order bail contact book risk dmm roundup qa case owner reconcile access alert gate referral report task handover hold marac brief forecast policy form instrument audit backup restore rebuild doctor completion help ;;
	officer) set -- add list suspend password role ;;
	import) set -- cases cad ;;
	export) set -- cases ;;
	case) set -- show search since counter ;;
	order) set -- list add served considered end extend breach ;;
	bail) set -- list add end extend breach ;;
	contact) set -- list add ways open confirm ;;
	book) set -- show print list move index ;;
	risk) set -- show compare drift ;;
	dmm) set -- list meetings sheet ;;
	qa) set -- draw list show results ;;
	case) set -- add say ;;
	owner) set -- offer accept refuse recall ;;
	access) set -- restrict show grant revoke subject propose withdraw confirm glass glasses review matches ;;
	alert) set -- list answer budget ;;
	referral) set -- list offer answer send skip accept decline close gaps ;;
	report) set -- referrals ;;
	task) set -- list add done approve ;;
	handover) set -- show give take ;;
	hold) set -- add end ;;
	marac) set -- agenda list hear action actions grounds form pack ;;
	policy) set -- check show diff backtest list propose activate withdraw ;;
	form) set -- check show activate ;;
	instrument) set -- check show activate ;;
	audit) set -- verify list who-looked restricted my-record seal ;;
	backup) set -- keygen make check ;;
	esac
	mapfile -t COMPREPLY < <(compgen -W "$*" -- "$word")
	[ -z "$files" ] || compopt -o default
}
complete -F _book124 book124
