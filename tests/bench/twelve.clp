;;; twelve.clp — the twelve duties of twelve.policy for CLIPS 6.30: the same facts, the same answers. A time that is not
;;; there is -1, a word that is not there is none. Every duty is one rule that asks it (its start and due) and one or two
;;; that say when it was done; the joins begin with the case, so that CLIPS can use its hash tables.

(deftemplate case (slot id) (slot reported) (slot how) (slot attended) (slot cad-result) (slot cad-received) (slot kind)
  (slot children) (slot children-at))
(deftemplate book (slot case) (slot at))
(deftemplate assessment (slot case) (slot stage) (slot grade) (slot at))
(deftemplate ref (slot case) (slot system) (slot at))
(deftemplate review (slot case) (slot kind) (slot outcome) (slot at))
(deftemplate offence (slot case) (slot class) (slot at))
(deftemplate flag (slot case) (slot flag) (slot at))
(deftemplate asked (slot case) (slot rule) (slot start))
(deftemplate duty (slot case) (slot rule) (slot due) (slot done))

;;; ---- asked ----
(defrule ask-at-report
  (case (id ?c) (reported ?t) (cad-result ~not-domestic))
  =>
  (assert (asked (case ?c) (rule book) (start ?t)))
  (assert (asked (case ?c) (rule children) (start ?t)))
  (assert (asked (case ?c) (rule cris) (start ?t)))
  (assert (asked (case ?c) (rule risk) (start ?t))))
(defrule ask-attend
  (case (id ?c) (reported ?t) (cad-result ~not-domestic) (how ~station))
  =>
  (assert (asked (case ?c) (rule attend) (start ?t))))
(defrule ask-cad
  (case (id ?c) (cad-received ?t&~-1) (cad-result ~not-domestic))
  =>
  (assert (asked (case ?c) (rule cad) (start ?t))))
(defrule ask-check
  (case (id ?c) (cad-result ~not-domestic))
  (book (case ?c) (at ?t))
  (not (book (case ?c) (at ?u&:(> ?u ?t))))
  =>
  (assert (asked (case ?c) (rule check) (start ?t))))
(defrule ask-serious
  (case (id ?c) (reported ?r) (cad-result ~not-domestic) (kind crime))
  (offence (case ?c) (class attempted-murder|s18|s20|s20-aggravated) (at ?t))
  (not (offence (case ?c) (class attempted-murder|s18|s20|s20-aggravated) (at ?u&:(< ?u ?t))))
  =>
  (assert (asked (case ?c) (rule di) (start (max ?r ?t))))
  (assert (asked (case ?c) (rule serious) (start (max ?r ?t)))))
(defrule ask-dmm
  (case (id ?c) (reported ?t) (cad-result ~not-domestic) (kind crime))
  (exists (flag (case ?c) (flag dv)))
  =>
  (assert (asked (case ?c) (rule dmm) (start ?t))))
(defrule ask-merlin
  (case (id ?c) (reported ?r) (cad-result ~not-domestic) (children present|not-present) (children-at ?t&~-1))
  =>
  (assert (asked (case ?c) (rule merlin) (start (max ?r ?t)))))
(defrule ask-ppd
  (case (id ?c) (cad-result ~not-domestic))
  (ref (case ?c) (system merlin) (at ?t))
  (not (ref (case ?c) (system merlin) (at ?u&:(< ?u ?t))))
  =>
  (assert (asked (case ?c) (rule ppd) (start ?t))))

;;; ---- done, or not ----

(defrule attend-done
  (asked (case ?c) (rule attend) (start ?s))
  (case (id ?c) (attended ?t&~-1))
  =>
  (assert (duty (case ?c) (rule attend) (due (+ ?s 3600)) (done (max ?t ?s)))))
(defrule attend-open
  (asked (case ?c) (rule attend) (start ?s))
  (not (case (id ?c) (attended ~-1)))
  =>
  (assert (duty (case ?c) (rule attend) (due (+ ?s 3600)) (done -1))))

(defrule book-done
  (asked (case ?c) (rule book) (start ?s))
  (book (case ?c) (at ?t))
  (not (book (case ?c) (at ?u&:(< ?u ?t))))
  =>
  (assert (duty (case ?c) (rule book) (due (+ ?s 43200)) (done (max ?t ?s)))))
(defrule book-open
  (asked (case ?c) (rule book) (start ?s))
  (not (book (case ?c) (at ?t)))
  =>
  (assert (duty (case ?c) (rule book) (due (+ ?s 43200)) (done -1))))

(defrule cad-done
  (asked (case ?c) (rule cad) (start ?s))
  (review (case ?c) (kind cad-supervision) (outcome ~returned) (at ?t&:(>= ?t ?s)))
  (not (review (case ?c) (kind cad-supervision) (outcome ~returned) (at ?u&:(and (>= ?u ?s) (< ?u ?t)))))
  =>
  (assert (duty (case ?c) (rule cad) (due (+ ?s 86400)) (done ?t))))
(defrule cad-open
  (asked (case ?c) (rule cad) (start ?s))
  (not (review (case ?c) (kind cad-supervision) (outcome ~returned) (at ?t&:(>= ?t ?s))))
  =>
  (assert (duty (case ?c) (rule cad) (due (+ ?s 86400)) (done -1))))

(defrule check-done
  (asked (case ?c) (rule check) (start ?s))
  (review (case ?c) (kind ps-check) (outcome ~returned) (at ?t&:(>= ?t ?s)))
  (not (review (case ?c) (kind ps-check) (outcome ~returned) (at ?u&:(and (>= ?u ?s) (< ?u ?t)))))
  =>
  (assert (duty (case ?c) (rule check) (due (+ ?s 43200)) (done ?t))))
(defrule check-open
  (asked (case ?c) (rule check) (start ?s))
  (not (review (case ?c) (kind ps-check) (outcome ~returned) (at ?t&:(>= ?t ?s))))
  =>
  (assert (duty (case ?c) (rule check) (due (+ ?s 43200)) (done -1))))

(defrule children-done
  (asked (case ?c) (rule children) (start ?s))
  (case (id ?c) (children none-there|present|not-present) (children-at ?t&~-1))
  =>
  (assert (duty (case ?c) (rule children) (due (+ ?s 43200)) (done (max ?t ?s)))))
(defrule children-open
  (asked (case ?c) (rule children) (start ?s))
  (not (case (id ?c) (children none-there|present|not-present) (children-at ~-1)))
  =>
  (assert (duty (case ?c) (rule children) (due (+ ?s 43200)) (done -1))))

(defrule cris-done
  (asked (case ?c) (rule cris) (start ?s))
  (ref (case ?c) (system cris) (at ?t))
  (not (ref (case ?c) (system cris) (at ?u&:(< ?u ?t))))
  =>
  (assert (duty (case ?c) (rule cris) (due (+ ?s 86400)) (done (max ?t ?s)))))
(defrule cris-open
  (asked (case ?c) (rule cris) (start ?s))
  (not (ref (case ?c) (system cris) (at ?t)))
  =>
  (assert (duty (case ?c) (rule cris) (due (+ ?s 86400)) (done -1))))

(defrule di-done
  (asked (case ?c) (rule di) (start ?s))
  (review (case ?c) (kind di-review) (outcome ~returned) (at ?t&:(>= ?t ?s)))
  (not (review (case ?c) (kind di-review) (outcome ~returned) (at ?u&:(and (>= ?u ?s) (< ?u ?t)))))
  =>
  (assert (duty (case ?c) (rule di) (due (+ ?s 604800)) (done ?t))))
(defrule di-open
  (asked (case ?c) (rule di) (start ?s))
  (not (review (case ?c) (kind di-review) (outcome ~returned) (at ?t&:(>= ?t ?s))))
  =>
  (assert (duty (case ?c) (rule di) (due (+ ?s 604800)) (done -1))))

(defrule dmm-done
  (asked (case ?c) (rule dmm) (start ?s))
  (review (case ?c) (kind dmm) (outcome ~returned) (at ?t&:(>= ?t ?s)))
  (not (review (case ?c) (kind dmm) (outcome ~returned) (at ?u&:(and (>= ?u ?s) (< ?u ?t)))))
  =>
  (assert (duty (case ?c) (rule dmm) (due (+ ?s 86400)) (done ?t))))
(defrule dmm-open
  (asked (case ?c) (rule dmm) (start ?s))
  (not (review (case ?c) (kind dmm) (outcome ~returned) (at ?t&:(>= ?t ?s))))
  =>
  (assert (duty (case ?c) (rule dmm) (due (+ ?s 86400)) (done -1))))

(defrule merlin-done
  (asked (case ?c) (rule merlin) (start ?s))
  (ref (case ?c) (system merlin) (at ?t))
  (not (ref (case ?c) (system merlin) (at ?u&:(< ?u ?t))))
  =>
  (assert (duty (case ?c) (rule merlin) (due (+ ?s 86400)) (done (max ?t ?s)))))
(defrule merlin-open
  (asked (case ?c) (rule merlin) (start ?s))
  (not (ref (case ?c) (system merlin) (at ?t)))
  =>
  (assert (duty (case ?c) (rule merlin) (due (+ ?s 86400)) (done -1))))

(defrule ppd-done
  (asked (case ?c) (rule ppd) (start ?s))
  (review (case ?c) (kind ppd-merlin) (outcome ~returned) (at ?t&:(>= ?t ?s)))
  (not (review (case ?c) (kind ppd-merlin) (outcome ~returned) (at ?u&:(and (>= ?u ?s) (< ?u ?t)))))
  =>
  (assert (duty (case ?c) (rule ppd) (due (+ ?s 86400)) (done ?t))))
(defrule ppd-open
  (asked (case ?c) (rule ppd) (start ?s))
  (not (review (case ?c) (kind ppd-merlin) (outcome ~returned) (at ?t&:(>= ?t ?s))))
  =>
  (assert (duty (case ?c) (rule ppd) (due (+ ?s 86400)) (done -1))))

(defrule risk-done
  (asked (case ?c) (rule risk) (start ?s))
  (assessment (case ?c) (stage initial) (grade ~none) (at ?t))
  (not (assessment (case ?c) (stage initial) (grade ~none) (at ?u&:(< ?u ?t))))
  =>
  (assert (duty (case ?c) (rule risk) (due (+ ?s 43200)) (done (max ?t ?s)))))
(defrule risk-open
  (asked (case ?c) (rule risk) (start ?s))
  (not (assessment (case ?c) (stage initial) (grade ~none) (at ?t)))
  =>
  (assert (duty (case ?c) (rule risk) (due (+ ?s 43200)) (done -1))))

(defrule serious-done
  (asked (case ?c) (rule serious) (start ?s))
  (review (case ?c) (kind serious-assault) (outcome ~returned) (at ?t&:(>= ?t ?s)))
  (not (review (case ?c) (kind serious-assault) (outcome ~returned) (at ?u&:(and (>= ?u ?s) (< ?u ?t)))))
  =>
  (assert (duty (case ?c) (rule serious) (due (+ ?s 64800)) (done ?t))))
(defrule serious-open
  (asked (case ?c) (rule serious) (start ?s))
  (not (review (case ?c) (kind serious-assault) (outcome ~returned) (at ?t&:(>= ?t ?s))))
  =>
  (assert (duty (case ?c) (rule serious) (due (+ ?s 64800)) (done -1))))
