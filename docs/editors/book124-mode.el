;;; book124-mode.el --- Colours for book124's policies, forms, instruments and words files  -*- lexical-binding: t; -*-

;; Put it where emacs finds it and this line into your init file:
;;   (require 'book124-mode)

;;; Code:

(defvar book124-font-lock-keywords
  `((,(concat "^" (regexp-opt '("policy" "duty" "task" "gate" "alert" "checklist" "words" "use" "rules" "condition" "moment" "value" "ignore"
                                "factors" "vocabulary" "reference" "number" "bank holidays" "all duties" "minutes" "high harm" "hold" "shifts" "form" "choices"
                                "section" "instrument" "group" "factor" "offences" "units" "relationships" "events" "reviews"
                                "flags" "referrals" "grades" "notices" "stages" "answers" "outcomes" "systems") t) "\\_>")
     1 font-lock-keyword-face)
    (,(concat "^[ \t]+" (regexp-opt '("cite" "owner" "any case" "when" "while" "for each" "from" "opens" "due" "every" "done" "says"
                                      "because" "minutes" "off by default" "stops" "unless" "example" "pattern" "matches" "not" "help"
                                      "entry" "group") t) "\\_>")
     1 font-lock-type-face)
    ("^[ \t]+\\(at\\)\\_>.*\\_<\\(expect\\)\\_>" (1 font-lock-preprocessor-face) (2 font-lock-preprocessor-face))
    ("[ \t]\\(/\\(?:[^/\\\n]\\|\\\\.\\)+/i?\\)" 1 font-lock-regexp-grouping-construct)
    ("\\_<[0-9]\\{4\\}-[0-9][0-9]-[0-9][0-9]\\_>\\|\\_<[0-9][0-9]:[0-9][0-9]\\(?::[0-9][0-9]\\)?\\_>\\|\\_<[0-9]+\\_>"
     . font-lock-constant-face)
    (,(regexp-opt '("and" "or" "not" "no" "is" "in" "with" "without" "later" "earlier" "first" "latest" "became" "after" "of"
                    "by" "if" "else" "same") 'symbols)
     . font-lock-builtin-face)
    (,(regexp-opt '("waiting" "open" "overdue" "late" "void" "missed" "shut" "unknown" "asked") 'symbols)
     . font-lock-constant-face)
    (,(regexp-opt '("response-pc" "response-ps" "ibos" "cmu" "ppd" "csu-io" "csu-ds" "csu-di" "dci" "marac-coordinator" "dps")
                  'symbols)
     . font-lock-variable-name-face))
  "What has a colour in a book124 file.")

(defvar book124-mode-syntax-table
  (let ((table (make-syntax-table)))
    (modify-syntax-entry ?# "<" table)
    (modify-syntax-entry ?\n ">" table)
    (modify-syntax-entry ?\" "\"" table)
    (modify-syntax-entry ?- "_" table)
    (modify-syntax-entry ?. "_" table)
    (modify-syntax-entry ?_ "_" table)
    table)
  "Names have hyphens and dots, notes begin with #.")

;;;###autoload
(define-derived-mode book124-mode prog-mode "book124"
  "Colours for book124's policies, forms, instruments and words files."
  (setq-local comment-start "# ")
  (setq-local indent-tabs-mode nil)
  (setq-local font-lock-defaults '(book124-font-lock-keywords)))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.\\(?:policy\\|form\\|instrument\\|words\\)\\'" . book124-mode))

(provide 'book124-mode)
;;; book124-mode.el ends here
